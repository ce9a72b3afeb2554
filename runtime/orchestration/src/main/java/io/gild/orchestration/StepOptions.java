package io.gild.orchestration;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a step is governed and undone; not thread-safe.
 *
 * @param <I> what the step needs
 * @param <O> what it returns
 */
@Experimental
public final class StepOptions<I extends @Nullable Object, O extends @Nullable Object> {

  /**
   * Undoes a finished step.
   *
   * @param <I> what the step needed
   * @param <O> what it returned
   */
  @FunctionalInterface
  public interface Compensation<I extends @Nullable Object, O extends @Nullable Object> {

    /**
     * Undoes the step.
     *
     * @param input what the step got
     * @param result what it returned
     * @throws Exception if it cannot be undone; the other steps are undone nevertheless
     */
    void undo(I input, O result) throws Exception;
  }

  private final Map<String, Object> policies = new LinkedHashMap<>();
  private @Nullable Compensation<I, O> compensation;
  private StepFunction.@Nullable WithContext<I, O> fallback;
  private boolean sideEffect;
  private BigDecimal reserve = BigDecimal.ZERO;

  StepOptions() {}

  /**
   * Repeats a failed step; needs the module reliability.
   *
   * @param maxAttempts how often the step runs at most; 1 or more
   * @return this
   */
  public StepOptions<I, O> retry(int maxAttempts) {
    Require.atLeast(1, maxAttempts, "maxAttempts");
    return policy("retry", Map.of("max-attempts", maxAttempts));
  }

  /**
   * Bounds the time of each attempt; needs the module reliability.
   *
   * @param limit above zero
   * @return this
   */
  public StepOptions<I, O> timeLimit(Duration limit) {
    Require.positive(limit, "limit");
    return policy("time-limit", Map.of("timeout-duration", limit.toString()));
  }

  /**
   * Sets a policy as the settings would.
   *
   * @param key key of the policy in {@code gild.yaml}, such as {@code circuit-breaker}
   * @param values its values by their keys
   * @return this
   */
  public StepOptions<I, O> policy(String key, Map<String, ?> values) {
    policies.put(key, values);
    return this;
  }

  /**
   * Answers in place of a step that failed after its retries.
   *
   * @param function gets the step's input
   * @return this
   */
  public StepOptions<I, O> fallback(StepFunction<I, O> function) {
    fallback = (input, context) -> function.run(input);
    return this;
  }

  /**
   * Undoes the step if a later one fails or the run is canceled.
   *
   * @param undo undoes it; steps are undone in the reverse order of their ends
   * @return this
   */
  public StepOptions<I, O> compensate(Compensation<I, O> undo) {
    compensation = undo;
    return this;
  }

  /**
   * Declares that the whole step is one side effect: if its JVM is killed while it runs, it is not
   * run again before a person decides.
   *
   * @return this
   */
  public StepOptions<I, O> sideEffect() {
    sideEffect = true;
    return this;
  }

  /**
   * Reserves money of the run's budget while the step runs, so that steps that run at the same time
   * do not overspend it together.
   *
   * @param usd the most that the step costs, in US dollars; zero or more
   * @return this
   */
  public StepOptions<I, O> reserve(BigDecimal usd) {
    if (usd.signum() < 0) {
      throw new IllegalArgumentException("usd must be zero or more, but is " + usd.toPlainString());
    }
    reserve = usd;
    return this;
  }

  Map<String, Object> policies() {
    return Map.copyOf(policies);
  }

  @Nullable Compensation<I, O> compensation() {
    return compensation;
  }

  StepFunction.@Nullable WithContext<I, O> fallback() {
    return fallback;
  }

  boolean isSideEffect() {
    return sideEffect;
  }

  long reservedNanoUsd() {
    return reserve.movePointRight(9).longValue();
  }
}
