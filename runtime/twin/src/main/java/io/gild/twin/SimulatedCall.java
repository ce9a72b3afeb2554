package io.gild.twin;

import io.gild.config.Experimental;

/**
 * How a recorded call ends with one set of policies.
 *
 * @param number its number among the calls of the agent, from 1
 * @param outcome how it ends
 * @param answer the answer as JSON, or the message of the failure
 * @param millis how long it takes on the virtual clock
 */
@Experimental
public record SimulatedCall(int number, Outcome outcome, String answer, double millis) {

  /** How a call ends. */
  public enum Outcome {
    /** With the recorded answer. */
    ANSWERED,
    /** With an answer of the cache. */
    CACHED,
    /** With the answer of the fallback. */
    FALLBACK,
    /** A policy refuses it. */
    REFUSED,
    /** With a failure. */
    FAILED
  }

  /** Returns whether the caller gets something else than with other policies. */
  boolean differsFrom(SimulatedCall other) {
    return !answer.equals(other.answer) || isAnswer() != other.isAnswer();
  }

  private boolean isAnswer() {
    return outcome != Outcome.REFUSED && outcome != Outcome.FAILED;
  }
}
