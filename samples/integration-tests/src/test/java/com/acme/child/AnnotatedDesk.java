package com.acme.child;

import io.gild.annotations.Agent;
import io.gild.annotations.Retry;

/** An agent with annotations, compiled without a processor. */
@Agent(name = "annotated")
public final class AnnotatedDesk {

  static final AnnotatedDesk SHARED = new AnnotatedDesk();

  private int runs;

  static AnnotatedDesk shared() {
    return SHARED;
  }

  @Retry(maxAttempts = 3, waitDuration = "0s")
  public String answer(String question) {
    if (++runs % 3 != 0) {
      throw new IllegalStateException("flaky");
    }
    return "annotated answer to " + question;
  }
}
