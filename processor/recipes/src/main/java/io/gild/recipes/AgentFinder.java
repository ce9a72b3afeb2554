package io.gild.recipes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Statement;

/** Finds the methods of a class that reach a model, directly or by other methods of the class. */
final class AgentFinder {

  private static final String FIELD = "field ";

  private final SourceTypes types;
  private final Set<String> services;

  /**
   * Creates a finder for one source.
   *
   * @param services simple names of the interfaces that LangChain4j implements in this project
   */
  AgentFinder(SourceTypes types, Set<String> services) {
    this.types = types;
    this.services = services;
  }

  /**
   * Finds the methods of a class, but not of the classes in it.
   *
   * @param cursor that of the class
   */
  List<AgentMethod> find(J.ClassDeclaration type, Cursor cursor) {
    Map<String, String> fields = fields(type, cursor);
    boolean modelPath = containsModelPath(type);
    Map<J.MethodDeclaration, MethodScan> scans = new LinkedHashMap<>();
    for (Statement each : type.getBody().getStatements()) {
      if (each instanceof J.MethodDeclaration method && method.getBody() != null) {
        MethodScan scan = new MethodScan(type.getSimpleName(), fields, modelPath);
        scan.visit(method, 0, new Cursor(cursor, type));
        scans.put(method, scan);
      }
    }
    return closure(scans, reachingFields(type, cursor, fields, modelPath));
  }

  /** Returns the fields whose value calls a model, such as a lambda. */
  private Map<String, ModelCall> reachingFields(
      J.ClassDeclaration type, Cursor cursor, Map<String, String> fields, boolean modelPath) {
    Map<String, ModelCall> reaching = new HashMap<>();
    for (Statement each : type.getBody().getStatements()) {
      if (each instanceof J.VariableDeclarations variables) {
        MethodScan scan = new MethodScan(type.getSimpleName(), fields, modelPath);
        scan.visit(variables, 0, new Cursor(cursor, type));
        if (scan.call != null) {
          for (J.VariableDeclarations.NamedVariable one : variables.getVariables()) {
            reaching.put(FIELD + one.getSimpleName(), scan.call);
          }
        }
      }
    }
    return reaching;
  }

  private static List<AgentMethod> closure(
      Map<J.MethodDeclaration, MethodScan> scans, Map<String, ModelCall> fields) {
    Map<J.MethodDeclaration, ModelCall> reaching = new LinkedHashMap<>();
    scans.forEach((method, scan) -> {
      if (scan.call != null) {
        reaching.put(method, scan.call);
      }
    });
    boolean grew = !reaching.isEmpty() || !fields.isEmpty();
    while (grew) {
      grew = false;
      Map<String, ModelCall> names = new HashMap<>(fields);
      reaching.forEach((method, call) -> names.putIfAbsent(signature(method), call));
      for (Map.Entry<J.MethodDeclaration, MethodScan> each : scans.entrySet()) {
        if (!reaching.containsKey(each.getKey())) {
          ModelCall call =
              each.getValue().own.stream()
                  .filter(names::containsKey)
                  .findFirst()
                  .map(names::get)
                  .orElse(null);
          if (call != null) {
            reaching.put(each.getKey(), call);
            grew = true;
          }
        }
      }
    }
    List<AgentMethod> methods = new ArrayList<>();
    for (J.MethodDeclaration method : scans.keySet()) {
      ModelCall call = reaching.get(method);
      if (call != null) {
        methods.add(new AgentMethod(method, call));
      }
    }
    return methods;
  }

  private static String signature(J.MethodDeclaration method) {
    long count = method.getParameters().stream().filter(each -> !(each instanceof J.Empty)).count();
    return method.getSimpleName() + "/" + count;
  }

  /** The declared types of the fields that the methods see, and of what the own methods return. */
  private Map<String, String> fields(J.ClassDeclaration type, Cursor cursor) {
    Map<String, String> fields = new HashMap<>();
    Cursor outer = cursor.getParent();
    for (Cursor each = outer; each != null; each = each.getParent()) {
      if (each.getValue() instanceof J.ClassDeclaration around) {
        declared(around).forEach(fields::putIfAbsent);
      }
    }
    fields.putAll(declared(type));
    return fields;
  }

  private Map<String, String> declared(J.ClassDeclaration type) {
    Map<String, String> names = new HashMap<>();
    List<Statement> members = new ArrayList<>(type.getBody().getStatements());
    if (type.getPrimaryConstructor() != null) {
      members.addAll(type.getPrimaryConstructor());
    }
    for (Statement each : members) {
      if (each instanceof J.VariableDeclarations variables) {
        put(variables, names);
      } else if (each instanceof J.MethodDeclaration method
          && method.getReturnTypeExpression() != null) {
        names.put(method.getSimpleName() + "()", types.name(method.getReturnTypeExpression()));
      }
    }
    return names;
  }

  private void put(J.VariableDeclarations variables, Map<String, String> names) {
    String written = types.name(variables.getTypeExpression());
    for (J.VariableDeclarations.NamedVariable each : variables.getVariables()) {
      boolean inferred = written.isEmpty() || written.equals("var");
      names.put(
          each.getSimpleName(), inferred ? types.root(each.getInitializer(), names) : written);
    }
  }

  private static boolean containsModelPath(J.ClassDeclaration type) {
    boolean[] found = {false};
    new JavaIsoVisitor<Integer>() {
      @Override
      public J.Literal visitLiteral(J.Literal literal, Integer context) {
        found[0] |= literal.getValue() instanceof String text && ModelLibrary.isModelPath(text);
        return literal;
      }
    }.visit(type, 0);
    return found[0];
  }

  /** Looks for model calls, and for calls of the class's own methods, in one method. */
  private final class MethodScan extends JavaIsoVisitor<Integer> {

    private final String owner;
    private final Map<String, String> variables;
    private final boolean modelPath;
    private final Set<String> own = new LinkedHashSet<>();
    private @Nullable ModelCall call;

    MethodScan(String owner, Map<String, String> fields, boolean modelPath) {
      this.owner = owner;
      this.variables = new HashMap<>(fields);
      this.modelPath = modelPath;
    }

    @Override
    public J.VariableDeclarations visitVariableDeclarations(
        J.VariableDeclarations declared, Integer context) {
      put(declared, variables);
      return super.visitVariableDeclarations(declared, context);
    }

    @Override
    public J.MethodInvocation visitMethodInvocation(J.MethodInvocation each, Integer context) {
      if (call == null) {
        String library = library(each);
        if (library != null) {
          call = ModelCall.of(library, each.printTrimmed(getCursor().getParentOrThrow()));
        }
      }
      if (each.getSelect() == null || isOwner(each.getSelect())) {
        long count = each.getArguments().stream().filter(one -> !(one instanceof J.Empty)).count();
        own.add(each.getSimpleName() + "/" + count);
      }
      if (each.getSelect() instanceof J.Identifier field) {
        own.add(FIELD + field.getSimpleName());
      } else if (each.getSelect() instanceof J.FieldAccess field
          && SourceTypes.isThis(field.getTarget())) {
        own.add(FIELD + field.getSimpleName());
      }
      return super.visitMethodInvocation(each, context);
    }

    private boolean isOwner(Expression select) {
      return select instanceof J.Identifier identifier
          && (identifier.getSimpleName().equals("this")
              || identifier.getSimpleName().equals(owner));
    }

    private @Nullable String library(J.MethodInvocation each) {
      String root = types.root(each.getSelect(), variables);
      String typed =
          each.getMethodType() == null
              ? ""
              : SourceTypes.known(each.getMethodType().getDeclaringType());
      for (ModelLibrary library : ModelLibrary.values()) {
        if (library.isMethod(each.getSimpleName())
            && (library != ModelLibrary.HTTP || modelPath)
            && (library.isType(root) || library.isType(typed))) {
          return library.title();
        }
      }
      String simple = root.substring(Math.max(root.lastIndexOf('.'), root.lastIndexOf('$')) + 1);
      return each.getSelect() != null && services.contains(simple) ? "LangChain4j" : null;
    }
  }
}
