package io.gild.benchmarks;

import org.openjdk.jmh.annotations.CompilerControl;

/** The agent under every decoration: never inlined, a few nanoseconds, no allocation. */
public class EchoAgent {

  private static final String[] ANSWERS = new String[16];

  static {
    for (int i = 0; i < ANSWERS.length; i++) {
      ANSWERS[i] = "answer " + i;
    }
  }

  private boolean broken;

  /** Makes all later calls fail. */
  void breakDown() {
    broken = true;
  }

  /** Answers by the hash of the question. */
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  public String answer(String question) {
    if (broken) {
      throw new IllegalStateException("broken");
    }
    return ANSWERS[question.hashCode() & 15];
  }
}
