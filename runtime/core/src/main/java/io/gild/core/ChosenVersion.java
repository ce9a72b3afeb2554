package io.gild.core;

import io.gild.config.Experimental;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The version that answers one call.
 *
 * @param method the governed method of that version
 * @param decision what {@link AgentCall#decision()} returns in the call, so that calls inside of it
 *     can be answered by the same side
 * @param code takes the code of the present version and returns the code to run; {@code null} to
 *     run the former
 * @param outcome is notified when the caller has its answer; {@code null} if not needed
 */
@Experimental
public record ChosenVersion(
    GovernedMethod method,
    @Nullable Object decision,
    @Nullable UnaryOperator<Body> code,
    @Nullable Outcome outcome) {

  /** Is notified of the outcome of a call; it must be quick and must not throw. */
  @FunctionalInterface
  public interface Outcome {

    /**
     * Is notified that the call is over.
     *
     * @param result what the caller got
     * @param failure what was thrown instead, or {@code null}
     */
    void over(@Nullable Object result, @Nullable Throwable failure);
  }

  /**
   * Returns the same method with a decision alone.
   *
   * @param method the governed method
   * @param decision the decision
   * @return a version that runs the method's own code
   */
  public static ChosenVersion of(GovernedMethod method, @Nullable Object decision) {
    return new ChosenVersion(method, decision, null, null);
  }

  Body code(Body own) {
    return code == null ? own : code.apply(own);
  }

  @Nullable Object notified(@Nullable Object result) {
    if (outcome == null) {
      return result;
    }
    if (result instanceof CompletionStage<?> stage) {
      stage.whenComplete((value, failure) -> {
        if (!(failure instanceof CancellationException)) {
          notify(value, failure == null ? null : AsyncCall.unwrap(failure));
        }
      });
    } else {
      notify(result, null);
    }
    return result;
  }

  void failed(Throwable failure) {
    notify(null, failure);
  }

  private void notify(@Nullable Object result, @Nullable Throwable failure) {
    Outcome known = outcome;
    if (known != null) {
      try {
        known.over(result, failure);
      } catch (RuntimeException | LinkageError fault) {
        GildLog.faultOnce("Comparing versions", fault);
      }
    }
  }
}
