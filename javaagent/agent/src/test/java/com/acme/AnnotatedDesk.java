package com.acme;

import io.gild.annotations.Agent;
import io.gild.annotations.Model;
import io.gild.annotations.Prompt;
import io.gild.annotations.Retry;
import io.gild.annotations.Routed;
import io.gild.annotations.SideEffect;
import java.util.ArrayList;
import java.util.List;

/** An annotated agent that nobody compiled a wrapper for. */
@Agent(name = "desk", version = "2")
public class AnnotatedDesk {

  public final List<String> asked = new ArrayList<>();

  @Retry(maxAttempts = 2, waitDuration = "0s", ignoreExceptions = IllegalArgumentException.class)
  @Routed(
      strategy = Routed.Strategy.CASCADE,
      tiers = {"small", "large"})
  public String answer(@Prompt String question, int effort, @Model String model) {
    question = question + "!";
    asked.add(model + ":" + question + effort);
    if (!"clever".equals(model)) {
      throw new IllegalStateException("too hard for " + model);
    }
    return question;
  }

  @SideEffect
  public void pay() {
    asked.add("paid");
  }

  public String untouched(String question) {
    return question;
  }
}
