package com.acme;

/** A class of which there are plain objects and wrapped ones. */
public class Wrapped {

  private int runs;

  public String answer() {
    flaky();
    return "answer " + runs;
  }

  public final String sealed() {
    flaky();
    return "sealed " + runs;
  }

  private void flaky() {
    if (++runs % 3 != 0) {
      throw new IllegalStateException("flaky " + runs);
    }
  }
}
