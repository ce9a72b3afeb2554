package io.gild.recipes;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.openrewrite.Cursor;
import org.openrewrite.ExecutionContext;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaSourceFile;

/**
 * Adds {@code @Agent} to each class that reaches a model, and {@code @CostTracked} to its methods
 * that do, and reports what it finds.
 */
final class GovernVisitor extends JavaIsoVisitor<ExecutionContext> {

  private final Set<String> services;
  private final AgentNames names;
  private final Consumer<FoundAgent> found;
  private final Set<String> wanted = new TreeSet<>();

  GovernVisitor(Set<String> services, AgentNames names, Consumer<FoundAgent> found) {
    this.services = services;
    this.names = names;
    this.found = found;
  }

  @Override
  public J.CompilationUnit visitCompilationUnit(J.CompilationUnit source, ExecutionContext ctx) {
    wanted.clear();
    J.CompilationUnit changed = super.visitCompilationUnit(source, ctx);
    for (String each : wanted) {
      changed = Imports.add(changed, each);
    }
    return changed;
  }

  @Override
  public J.ClassDeclaration visitClassDeclaration(J.ClassDeclaration type, ExecutionContext ctx) {
    J.ClassDeclaration inner = super.visitClassDeclaration(type, ctx);
    JavaSourceFile source = getCursor().firstEnclosingOrThrow(JavaSourceFile.class);
    SourceTypes types = new SourceTypes(source);
    List<AgentMethod> methods = new AgentFinder(types, services).find(type, getCursor());
    if (methods.isEmpty()) {
      return inner;
    }
    String packageName =
        source.getPackageDeclaration() == null
            ? ""
            : source.getPackageDeclaration().getPackageName();
    String className = className(getCursor());
    String refusal = Refusal.of(type, methods, getCursor());
    if (refusal != null) {
      found.accept(
          new FoundAgent(packageName, className, "", type, methods, types, getCursor(), refusal));
      return inner;
    }
    J.Annotation present = present(type);
    String name = present == null ? names.of(packageName, className) : declared(present, type);
    found.accept(
        new FoundAgent(packageName, className, name, type, methods, types, getCursor(), ""));
    return governed(inner, present == null ? name : "", methods, source, types);
  }

  private J.ClassDeclaration governed(
      J.ClassDeclaration type,
      String newName,
      List<AgentMethod> methods,
      JavaSourceFile source,
      SourceTypes types) {
    Set<Object> ungoverned =
        methods.stream()
            .filter(AgentMethod::canBeGoverned)
            .filter(each -> !hasAny(each.declaration()))
            .map(each -> each.declaration().getId())
            .collect(Collectors.toSet());
    J.ClassDeclaration changed = type;
    if (!ungoverned.isEmpty()) {
      boolean qualified = importing("CostTracked", source, types);
      changed =
          changed.withBody(
              changed
                  .getBody()
                  .withStatements(
                      changed.getBody().getStatements().stream()
                          .map(each ->
                              each instanceof J.MethodDeclaration method
                                      && ungoverned.contains(method.getId())
                                  ? Annotations.add(
                                      method,
                                      Annotations.create("CostTracked", qualified, List.of()))
                                  : each)
                          .toList()));
    }
    if (!newName.isEmpty()) {
      boolean qualified = importing("Agent", source, types);
      changed =
          Annotations.add(
              changed,
              Annotations.create(
                  "Agent", qualified, List.of(Annotations.Argument.text("name", newName))));
    }
    return changed;
  }

  private static boolean hasAny(J.MethodDeclaration method) {
    return Annotations.has(method.getLeadingAnnotations(), "CostTracked");
  }

  /** Returns whether the annotation must be written with its package; else it gets an import. */
  private boolean importing(String simpleName, JavaSourceFile source, SourceTypes types) {
    if ((Annotations.PACKAGE + "." + simpleName).equals(types.imported(simpleName))) {
      return false;
    }
    if (Annotations.isTaken(source, types, simpleName)) {
      return true;
    }
    wanted.add(Annotations.PACKAGE + "." + simpleName);
    return false;
  }

  private static J.@org.jspecify.annotations.Nullable Annotation present(J.ClassDeclaration type) {
    return type.getLeadingAnnotations().stream()
        .filter(each -> Annotations.isNamed(each, "Agent"))
        .findFirst()
        .orElse(null);
  }

  private static String declared(J.Annotation present, J.ClassDeclaration type) {
    if (present.getArguments() != null) {
      for (Object each : present.getArguments()) {
        if (each instanceof J.Assignment set
            && set.getVariable().toString().equals("name")
            && set.getAssignment() instanceof J.Literal literal
            && literal.getValue() != null) {
          return literal.getValue().toString();
        }
      }
    }
    return type.getSimpleName();
  }

  /** Returns the name of a class with those of the classes around it. */
  private static String className(Cursor cursor) {
    String name = "";
    for (Cursor each = cursor; each != null; each = each.getParent()) {
      if (each.getValue() instanceof J.ClassDeclaration type) {
        name = name.isEmpty() ? type.getSimpleName() : type.getSimpleName() + "." + name;
      }
    }
    return name;
  }
}
