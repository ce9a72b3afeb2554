package com.acme.child;

/** An old agent that fails twice before it answers. */
public final class FlakyDesk {

  static final FlakyDesk SHARED = new FlakyDesk();

  private int runs;

  static FlakyDesk shared() {
    return SHARED;
  }

  public String answer(String question) {
    if (++runs % 3 != 0) {
      throw new IllegalStateException("flaky");
    }
    return "answer to " + question;
  }
}
