package com.acme;

import io.gild.annotations.*;
import java.io.IOException;
import java.util.Arrays;

@Agent(name = "support", version = "2", description = "Answers customers.")
public class SupportAgent {

  private final String prefix;
  private int calls;

  protected SupportAgent(String prefix) throws IllegalStateException {
    this.prefix = prefix;
  }

  @Cached(ttl = "1h", key = "question")
  @CircuitBreaker
  @Retry(maxAttempts = 4, ignoreExceptions = IOException.class)
  @GoldenTask(id = "refund-policy", input = "What is the refund policy?", expected = "30 days", validator = "contains", tags = "smoke")
  @GoldenTask(file = "goldens/good.yaml")
  public String answer(@Prompt String question) {
    return prefix + ": " + question;
  }

  @Routed(strategy = Routed.Strategy.FIXED, tiers = {"small", "large"})
  public String routed(String question, @Model String model) {
    return question + " by " + model;
  }

  @CostTracked
  long count(int a, long b) {
    return a + b;
  }

  @Bulkhead
  protected String join(String first, String... rest) {
    return first + Arrays.toString(rest);
  }

  @Bulkhead
  int only(String... arguments) {
    return arguments.length;
  }

  @SideEffect
  void reset() {
    calls = 0;
  }

  @Retry
  String flaky() {
    if (calls++ == 0) {
      throw new IllegalStateException("first");
    }
    return "second";
  }

  @Idempotent
  public String refuse(String call) throws IOException {
    throw new IOException(call);
  }

  public String twice(String question) {
    return answer(question) + answer(question);
  }
}
