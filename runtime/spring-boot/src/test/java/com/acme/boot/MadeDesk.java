package com.acme.boot;

import io.gild.annotations.Prompt;
import io.gild.annotations.Retry;

public class MadeDesk {

  private final Tries tries;

  public MadeDesk(Tries tries) {
    this.tries = tries;
  }

  @Retry(maxAttempts = 3, waitDuration = "1ms")
  public String answer(@Prompt String question) {
    return "made: " + tries.next();
  }

  public String plain() {
    return tries.next();
  }
}
