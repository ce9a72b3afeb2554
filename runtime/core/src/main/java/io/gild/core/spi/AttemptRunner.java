package io.gild.core.spi;

import io.gild.config.Experimental;
import io.gild.core.AgentCall;
import io.gild.core.Body;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Runs the attempts of one method, for example on another thread than the caller's. */
@Experimental
public interface AttemptRunner {

  /**
   * Runs one attempt of a method that returns a value.
   *
   * @param call the call
   * @param body the method's own code
   * @return what the method returned
   * @throws Throwable what the method threw, or the reason why it was given up
   */
  @Nullable Object run(AgentCall call, Body body) throws Throwable;

  /**
   * Bounds one attempt of a method that returns a stage, or a stream.
   *
   * @param call the call
   * @param running the running attempt
   * @param cancel cancels it, if an abandoned attempt is to be cancelled
   * @return a stage that completes no later than the bound allows
   */
  CompletionStage<?> bound(AgentCall call, CompletionStage<?> running, Runnable cancel);
}
