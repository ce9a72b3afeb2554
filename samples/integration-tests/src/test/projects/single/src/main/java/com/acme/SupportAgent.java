package com.acme;

import io.gild.annotations.Agent;
import io.gild.annotations.GoldenTask;
import io.gild.annotations.Prompt;
import io.gild.annotations.Retry;

/** Answers four questions without a model, since the build is tested. */
@Agent(name = "support", version = "1.0", description = "Answers customers.")
public class SupportAgent {

  @GoldenTask(
      id = "refund-policy",
      input = "What is the refund policy?",
      expected = "30 days",
      validator = "contains",
      tags = "smoke")
  @GoldenTask(file = "golden/support.yaml")
  @GoldenTask(file = "golden/support.csv")
  @Retry(maxAttempts = 2, waitDuration = "1ms")
  public String answer(@Prompt String question) {
    if (question.contains("refund")) {
      return "You get your money back within 30 days.";
    }
    if (question.contains("open")) {
      return "From 10:00 to 16:00.";
    }
    if (question.contains("exit")) {
      System.exit(3);
    }
    if (question.contains("wait")) {
      await();
    }
    return "Ask somebody else.";
  }

  private static void await() {
    try {
      new java.util.concurrent.CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
