package io.gild.gates;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * The cost of one run of a golden task.
 *
 * @param latency from the call of the agent to its answer; not negative
 * @param costUsd US dollars of all its model requests; zero if none was seen or priced
 * @param inputTokens tokens of all prompts
 * @param outputTokens tokens of all answers of models
 * @param attempts runs of the agent's method, retries included; zero if it was not governed
 * @param requests physical requests to model providers that were seen
 * @param costKnown whether {@code costUsd} is the whole cost; {@code false} if a model has no known
 *     price or reported no tokens
 */
public record Spent(
    Duration latency,
    BigDecimal costUsd,
    long inputTokens,
    long outputTokens,
    int attempts,
    int requests,
    boolean costKnown) {

  /** No cost. */
  public static final Spent NOTHING = new Spent(Duration.ZERO, BigDecimal.ZERO, 0, 0, 0, 0);

  /** Checks the values. */
  public Spent {
    if (latency.isNegative()) {
      throw new IllegalArgumentException("latency must not be negative, but is " + latency);
    }
    if (costUsd.signum() < 0
        || inputTokens < 0
        || outputTokens < 0
        || attempts < 0
        || requests < 0) {
      throw new IllegalArgumentException("what was spent must not be negative");
    }
  }

  /**
   * Creates the cost of a run if only the amount shows whether the cost is known.
   *
   * @param latency from the call of the agent to its answer; not negative
   * @param costUsd US dollars; with requests, zero is an unknown cost
   * @param inputTokens tokens of all prompts
   * @param outputTokens tokens of all answers of models
   * @param attempts runs of the agent's method, retries included
   * @param requests physical requests to model providers that were seen
   */
  public Spent(
      Duration latency,
      BigDecimal costUsd,
      long inputTokens,
      long outputTokens,
      int attempts,
      int requests) {
    this(
        latency,
        costUsd,
        inputTokens,
        outputTokens,
        attempts,
        requests,
        requests == 0 || costUsd.signum() > 0);
  }

  /**
   * Returns the tokens of prompts and answers.
   *
   * @return the sum
   */
  public long tokens() {
    return inputTokens + outputTokens;
  }

  /** Returns a copy with another {@code costKnown}. */
  Spent withCostKnown(boolean known) {
    return new Spent(latency, costUsd, inputTokens, outputTokens, attempts, requests, known);
  }

  /**
   * Returns the sum of two runs.
   *
   * @param other the other one
   * @return both together
   */
  public Spent plus(Spent other) {
    return new Spent(
        latency.plus(other.latency),
        costUsd.add(other.costUsd),
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        attempts + other.attempts,
        requests + other.requests,
        costKnown && other.costKnown);
  }
}
