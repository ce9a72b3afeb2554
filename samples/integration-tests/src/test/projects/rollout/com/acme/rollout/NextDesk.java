package com.acme.rollout;

import io.gild.annotations.Agent;
import io.gild.annotations.Prompt;
import io.gild.annotations.Retry;
import io.gild.annotations.Tenant;

/** The next version, which is annotated itself. */
@Agent(name = "desk", version = "2.0")
public class NextDesk {

  private int runs;

  @Retry(maxAttempts = 3, waitDuration = "0s")
  public String answer(@Tenant String tenant, @Prompt String question) {
    if (++runs % 3 != 0) {
      throw new IllegalStateException("fails twice before it answers");
    }
    return "2: " + question;
  }
}
