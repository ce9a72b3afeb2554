package io.gild.cdi;

import io.gild.annotations.Prompt;
import io.gild.annotations.Retry;
import jakarta.enterprise.inject.Vetoed;

/** An agent that only its producer makes. */
@Vetoed
public class Counter {

  int attempts;

  @Retry(maxAttempts = 2, waitDuration = "0s")
  public String answer(@Prompt String question) {
    attempts++;
    throw new IllegalStateException("always");
  }
}
