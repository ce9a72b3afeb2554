package io.gild.cdi;

import io.gild.annotations.Prompt;
import io.gild.annotations.Retry;

/** Declares what its subclasses inherit. */
public abstract class Base {

  private int tries;

  @Retry(maxAttempts = 2, waitDuration = "0s")
  public String inherited(@Prompt String question) {
    if (++tries < 2) {
      throw new IllegalStateException("busy");
    }
    return question + " at try " + tries;
  }
}
