package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call so far: tokens, money, physical requests, and what the model reported. A
 * call without recorded facts has the values written here.
 */
@Experimental
public interface CallFacts {

  /** The facts of a call without recorded facts. */
  CallFacts NONE = new CallFacts() {};

  /**
   * Returns the model that answered last.
   *
   * @return its name as the provider reports it, or {@code null} if none answered
   */
  default @Nullable String responseModel() {
    return null;
  }

  /**
   * Returns the provider's name of the answer.
   *
   * @return the identifier, or {@code null} if unknown
   */
  default @Nullable String responseId() {
    return null;
  }

  /**
   * Returns which tools the model requested.
   *
   * @return their names in order
   */
  default List<String> toolCalls() {
    return List.of();
  }

  /**
   * Returns why the model stopped.
   *
   * @return the provider's word, or {@code null} if unknown
   */
  default @Nullable String finishReason() {
    return null;
  }

  /**
   * Returns the time from the start of the last attempt to the first chunk of the answer.
   *
   * @return nanoseconds, or empty if the answer was not streamed
   */
  default OptionalLong timeToFirstChunkNanos() {
    return OptionalLong.empty();
  }

  /**
   * Returns the tokens used so far.
   *
   * @return tokens of all model requests inside
   */
  default Usage usage() {
    return Usage.NONE;
  }

  /**
   * Returns the money spent so far.
   *
   * @return billionths of a US dollar
   */
  default long costNanoUsd() {
    return 0;
  }

  /**
   * Returns the money spent so far.
   *
   * @return US dollars
   */
  default BigDecimal costUsd() {
    return BigDecimal.valueOf(costNanoUsd(), 9);
  }

  /**
   * Returns whether every model inside had a known price.
   *
   * @return {@code false} if the money is a lower bound
   */
  default boolean costKnown() {
    return true;
  }

  /**
   * Returns the number of model requests that reported tokens.
   *
   * @return zero or more
   */
  default int modelCalls() {
    return 0;
  }

  /**
   * Returns the number of calls of models, failed ones included.
   *
   * @return zero or more
   */
  default int inferenceCalls() {
    return modelCalls();
  }

  /**
   * Returns the number of runs of tools inside that were observed.
   *
   * @return zero or more
   */
  default int toolRuns() {
    return 0;
  }

  /**
   * Returns what the requests to models inside of an outermost call cost, by model.
   *
   * @return one entry for each provider and model; empty for a call inside of another one
   */
  default List<ModelCost> modelCosts() {
    return List.of();
  }

  /**
   * Returns the number of physical requests seen.
   *
   * @return zero or more
   */
  default int httpAttempts() {
    return 0;
  }

  /**
   * Returns the wait that the provider requested when it rejected the last physical request.
   *
   * @return nanoseconds; 0 if it requested none
   */
  default long retryAfterNanos() {
    return 0;
  }

  /**
   * Returns how many physical requests failed.
   *
   * @return zero or more
   */
  default int failedRequests() {
    return 0;
  }

  /**
   * Returns how long the call waited between its attempts.
   *
   * @return nanoseconds
   */
  default long waitedNanos() {
    return 0;
  }

  /**
   * Returns the tokens that were recorded for the call itself, and not for calls inside of it.
   *
   * @return a part of {@link #usage}
   */
  default Usage ownUsage() {
    return Usage.NONE;
  }

  /**
   * Returns the money of {@link #ownUsage}.
   *
   * @return billionths of a US dollar
   */
  default long ownCostNanoUsd() {
    return 0;
  }

  /**
   * Returns the model that a policy chose first.
   *
   * @return its name, or {@code null} if none was chosen
   */
  default @Nullable String firstRoutedModel() {
    return null;
  }

  /**
   * Returns the model that a policy chose last.
   *
   * @return its name, or {@code null} if none was chosen
   */
  default @Nullable String routedModel() {
    return null;
  }
}
