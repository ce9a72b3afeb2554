package io.gild.cdi;

import io.gild.annotations.Model;
import io.gild.annotations.Prompt;
import io.gild.annotations.Routed;
import io.gild.annotations.TimeLimit;
import jakarta.enterprise.context.Dependent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A bean whose governed methods are declared in several ways. */
@Dependent
public class Heir extends Base {

  @Routed
  public String routed(@Prompt String question, @Model String model) {
    return model + ": " + question;
  }

  @TimeLimit(timeoutDuration = "50ms")
  public String slow() throws InterruptedException {
    Thread.sleep(60_000);
    return "late";
  }

  @TimeLimit(timeoutDuration = "1s")
  public CompletionStage<String> soon(@Prompt String question) {
    return CompletableFuture.completedFuture("soon " + question);
  }

  @Counted
  @io.gild.annotations.Retry(maxAttempts = 3, waitDuration = "0s")
  public String failing() {
    throw new IllegalStateException("always");
  }
}
