package io.gild.recipes;

import java.util.List;
import org.openrewrite.ExecutionContext;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaSourceFile;

/** Replaces the retry loops of proven shape. */
final class RetryVisitor extends JavaIsoVisitor<ExecutionContext> {

  private static final String RETRY = "Retry";

  private boolean imported;

  @Override
  public J.CompilationUnit visitCompilationUnit(J.CompilationUnit source, ExecutionContext ctx) {
    imported = false;
    J.CompilationUnit changed = super.visitCompilationUnit(source, ctx);
    String name = Annotations.PACKAGE + "." + RETRY;
    boolean present = name.equals(new SourceTypes(source).imported(RETRY));
    return imported && !present ? Imports.add(changed, name) : changed;
  }

  @Override
  public J.MethodDeclaration visitMethodDeclaration(
      J.MethodDeclaration method, ExecutionContext ctx) {
    J.ClassDeclaration type = getCursor().firstEnclosing(J.ClassDeclaration.class);
    if (type == null
        || method.getBody() == null
        || !Annotations.has(method.getLeadingAnnotations(), "CostTracked")
        || Annotations.has(method.getLeadingAnnotations(), RETRY)) {
      return super.visitMethodDeclaration(method, ctx);
    }
    RetryLoop loop;
    try {
      loop = RetryLoop.of(method, type);
    } catch (RetryLoop.NotProven left) {
      return super.visitMethodDeclaration(method, ctx);
    }
    JavaSourceFile source = getCursor().firstEnclosingOrThrow(JavaSourceFile.class);
    boolean qualified = Annotations.isTaken(source, new SourceTypes(source), RETRY);
    imported |= !qualified;
    J.Return kept = loop.kept().withPrefix(method.getBody().getStatements().get(0).getPrefix());
    return Annotations.add(
        method.withBody(method.getBody().withStatements(List.of(kept))),
        Annotations.create(RETRY, qualified, loop.arguments()));
  }
}
