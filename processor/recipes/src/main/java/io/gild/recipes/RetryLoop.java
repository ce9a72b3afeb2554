package io.gild.recipes;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Statement;

/**
 * A method whose whole body is a loop that repeats one call after a failure.
 *
 * @param kept the statement that is repeated
 * @param attempts how often it runs at most
 * @param waitMillis the wait between two attempts
 * @param exception the type that is caught, as the source writes it
 */
record RetryLoop(J.Return kept, int attempts, long waitMillis, String exception) {

  private static final long LONGEST_DEFAULT_WAIT = 10_000;

  /** Returns the annotation that does the same. */
  List<Annotations.Argument> arguments() {
    String wait = "\"" + waitMillis + "ms\"";
    List<Annotations.Argument> all =
        new ArrayList<>(
            List.of(
                new Annotations.Argument("maxAttempts", String.valueOf(attempts)),
                new Annotations.Argument("waitDuration", wait),
                new Annotations.Argument("multiplier", "1"),
                new Annotations.Argument("randomizedWaitFactor", "0"),
                new Annotations.Argument("retryExceptions", exception + ".class")));
    if (waitMillis > LONGEST_DEFAULT_WAIT) {
      all.add(new Annotations.Argument("maxWaitDuration", wait));
    }
    return all;
  }

  /**
   * Reads a method whose loop has the proven shape.
   *
   * @throws NotProven if the method has another shape
   */
  static RetryLoop of(J.MethodDeclaration method, J.ClassDeclaration type) throws NotProven {
    J.Block body = method.getBody();
    if (body == null) {
      throw new NotProven("the method has no body");
    }
    List<Statement> statements = body.getStatements();
    demand(statements.size() == 3, "the method does more than the loop");
    String last = lastFailure(statements.get(0));
    demand(
        statements.get(2) instanceof J.Throw thrown && isNamed(thrown.getException(), last),
        "the method does not end with throwing the last failure");
    if (!(statements.get(1) instanceof J.ForLoop loop)) {
      throw new NotProven("the loop has no constant bound");
    }
    int attempts = attempts(loop.getControl(), type);
    J.Try tried = onlyTry(loop.getBody());
    J.Return kept = onlyReturn(tried);
    J.Try.Catch caught = tried.getCatches().get(0);
    J.VariableDeclarations failure = caught.getParameter().getTree();
    String exception = String.valueOf(failure.getTypeExpression());
    demand(
        exception.equals("RuntimeException") || exception.equals("Exception"),
        "it catches " + exception + ", which the policy may know as permanent");
    demand(
        exception.equals(String.valueOf(declared(statements.get(0)).getTypeExpression())),
        "the kept failure has another type than the caught one");
    long wait = waits(caught.getBody(), last, failure.getVariables().get(0).getSimpleName());
    demand(!Comments.areIn(body, kept), "a comment in the loop would be lost");
    return new RetryLoop(kept, attempts, wait, exception);
  }

  private static J.VariableDeclarations declared(Statement statement) throws NotProven {
    if (statement instanceof J.VariableDeclarations variables
        && variables.getVariables().size() == 1) {
      return variables;
    }
    throw new NotProven("the method does more than the loop");
  }

  private static String lastFailure(Statement statement) throws NotProven {
    J.VariableDeclarations.NamedVariable variable = declared(statement).getVariables().get(0);
    demand(
        variable.getInitializer() instanceof J.Literal literal && literal.getValue() == null,
        "the method does more than the loop");
    return variable.getSimpleName();
  }

  private static int attempts(J.ForLoop.Control control, J.ClassDeclaration type) throws NotProven {
    if (control.getInit().size() == 1
        && control.getInit().get(0) instanceof J.VariableDeclarations counter
        && counter.getVariables().size() == 1
        && control.getCondition() instanceof J.Binary bound
        && isNamed(bound.getLeft(), counter.getVariables().get(0).getSimpleName())
        && control.getUpdate().size() == 1
        && control.getUpdate().get(0) instanceof J.Unary step
        && (step.getOperator() == J.Unary.Type.PostIncrement
            || step.getOperator() == J.Unary.Type.PreIncrement)) {
      int from = number(counter.getVariables().get(0).getInitializer(), type);
      int to = number(bound.getRight(), type);
      int attempts =
          bound.getOperator() == J.Binary.Type.LessThan
              ? to - from
              : bound.getOperator() == J.Binary.Type.LessThanOrEqual ? to - from + 1 : 0;
      if (attempts > 0) {
        return attempts;
      }
    }
    throw new NotProven("the loop has no constant bound");
  }

  /** Returns the value of a literal, or of a constant of the class. */
  private static int number(@Nullable Expression value, J.ClassDeclaration type) throws NotProven {
    Expression found = value;
    if (value instanceof J.Identifier name) {
      for (Statement each : type.getBody().getStatements()) {
        if (each instanceof J.VariableDeclarations constant
            && constant.hasModifier(J.Modifier.Type.Final)
            && constant.hasModifier(J.Modifier.Type.Static)
            && constant.getVariables().get(0).getSimpleName().equals(name.getSimpleName())) {
          found = constant.getVariables().get(0).getInitializer();
        }
      }
    }
    if (found instanceof J.Literal literal && literal.getValue() instanceof Integer whole) {
      return whole;
    }
    throw new NotProven("the loop has no constant bound");
  }

  private static J.Try onlyTry(Statement body) throws NotProven {
    if (body instanceof J.Block block
        && block.getStatements().size() == 1
        && block.getStatements().get(0) instanceof J.Try tried
        && tried.getResources() == null
        && tried.getFinally() == null
        && tried.getCatches().size() == 1) {
      return tried;
    }
    throw new NotProven("the loop does more than one try with one catch");
  }

  private static J.Return onlyReturn(J.Try tried) throws NotProven {
    List<Statement> statements = tried.getBody().getStatements();
    if (statements.size() == 1
        && statements.get(0) instanceof J.Return kept
        && kept.getExpression() != null) {
      return kept;
    }
    throw new NotProven("an attempt does more than return one answer");
  }

  /** Reads the catch: it keeps the failure and waits, and nothing else. */
  private static long waits(J.Block body, String last, String failure) throws NotProven {
    long wait = -1;
    boolean kept = false;
    for (Statement each : body.getStatements()) {
      if (each instanceof J.Assignment set
          && isNamed(set.getVariable(), last)
          && isNamed(set.getAssignment(), failure)) {
        kept = true;
      } else if (wait < 0) {
        wait = sleep(each, last, failure);
      } else {
        throw new NotProven("a failure does more than wait");
      }
    }
    demand(kept && wait >= 0, "a failure does more than wait, or does not wait");
    return wait;
  }

  private static long sleep(Statement statement, String last, String failure) throws NotProven {
    if (statement instanceof J.Try guarded
        && guarded.getResources() == null
        && guarded.getFinally() == null
        && guarded.getBody().getStatements().size() == 1
        && guarded.getCatches().size() == 1) {
      for (Statement each : guarded.getCatches().get(0).getBody().getStatements()) {
        boolean known =
            each.toString().replaceAll("\\s", "").equals("Thread.currentThread().interrupt()")
                || (each instanceof J.Throw thrown
                    && (isNamed(thrown.getException(), last)
                        || isNamed(thrown.getException(), failure)));
        demand(known, "an interrupted wait does more than end the loop");
      }
      return sleep(guarded.getBody().getStatements().get(0), last, failure);
    }
    if (statement instanceof J.MethodInvocation call
        && call.getSimpleName().equals("sleep")
        && call.getSelect() instanceof J.Identifier thread
        && thread.getSimpleName().equals("Thread")
        && call.getArguments().size() == 1
        && call.getArguments().get(0) instanceof J.Literal millis
        && millis.getValue() instanceof Number number) {
      return number.longValue();
    }
    throw new NotProven("a failure does more than wait a constant time");
  }

  private static boolean isNamed(Expression expression, String name) {
    return expression instanceof J.Identifier identifier && identifier.getSimpleName().equals(name);
  }

  private static void demand(boolean holds, String otherwise) throws NotProven {
    if (!holds) {
      throw new NotProven(otherwise);
    }
  }

  /** The method has another shape; the message describes the difference. */
  static final class NotProven extends Exception {

    NotProven(String message) {
      super(message);
    }
  }
}
