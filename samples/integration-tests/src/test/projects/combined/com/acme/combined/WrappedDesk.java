package com.acme.combined;

import io.gild.annotations.Agent;
import io.gild.annotations.CostTracked;
import io.gild.annotations.Prompt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** An annotated agent. */
@Agent(name = "desk")
public class WrappedDesk {

  private final Asking asking;

  public WrappedDesk(Asking asking) {
    this.asking = asking;
  }

  @CostTracked(budget = "blocking")
  public String blocking(@Prompt String question) {
    return asking.blocking(question);
  }

  @CostTracked(budget = "future")
  public CompletableFuture<String> future(@Prompt String question) {
    return asking.future(question);
  }

  @CostTracked(budget = "stream")
  public Flow.Publisher<String> stream(@Prompt String question) {
    return asking.stream(question);
  }
}
