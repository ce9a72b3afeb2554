package com.acme.rollout;

import io.gild.annotations.Agent;
import io.gild.annotations.Prompt;
import io.gild.annotations.Retry;
import io.gild.annotations.Tenant;

/** An agent in its first version. */
@Agent(name = "desk", version = "1.0")
public class Desk {

  @Retry(maxAttempts = 2, waitDuration = "0s")
  public String answer(@Tenant String tenant, @Prompt String question) {
    return "1: " + question;
  }
}
