package io.gild.evaluation;

import org.opentest4j.TestAbortedException;

/** Aborts a test whose result is undecided. */
final class Abortion {

  private Abortion() {}

  static void abort(String message) {
    try {
      throw new TestAbortedException(message);
    } catch (NoClassDefFoundError absent) {
      throw new AssertionError(message); // no JUnit, so there are no aborted tests
    }
  }
}
