package com.acme.wrapped;

import dev.langchain4j.model.chat.ChatModel;
import io.gild.annotations.Agent;
import io.gild.annotations.Cached;
import io.gild.annotations.CostTracked;
import io.gild.annotations.Fallback;
import io.gild.annotations.Prompt;
import io.gild.annotations.Retry;
import io.gild.annotations.Routed;
import io.gild.annotations.Tenant;
import io.gild.annotations.TimeLimit;
import io.gild.core.AgentCall;
import io.gild.config.Usage;
import java.util.concurrent.CompletableFuture;

/** An agent with one policy per method. */
@Agent(name = "desk")
public class Desk {

  private final ChatModel model;

  public Desk(ChatModel model) {
    this.model = model;
  }

  @CostTracked(budget = "tiny")
  public String budgeted(@Prompt String question, @Tenant String tenant) {
    return model.chat(question);
  }

  @Routed(strategy = Routed.Strategy.FIXED, tiers = "small")
  public String routed(@Prompt String question) {
    return model.chat(question);
  }

  @Retry(maxAttempts = 10, waitDuration = "0s")
  public String stubborn(@Prompt String question) {
    return model.chat(question);
  }

  @Cached
  public String cached(@Prompt String question) {
    return model.chat(question);
  }

  @Fallback(answer = "Sorry.")
  public String fallback(@Prompt String question) {
    return model.chat(question);
  }

  @TimeLimit(timeoutDuration = "20s")
  public CompletableFuture<String> later(@Prompt String question) {
    return CompletableFuture.supplyAsync(() -> model.chat(question));
  }

  /** Calls a model without a known library, and reports its tokens itself. */
  @CostTracked(budget = "tiny")
  public String reporting(@Prompt String question, @Tenant String tenant) {
    AgentCall.current().recordUsage("gpt-4o", Usage.of(40, 30));
    return "reported";
  }
}
