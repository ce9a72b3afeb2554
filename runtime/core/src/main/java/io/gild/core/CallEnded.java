package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Usage;
import io.gild.core.spi.Event;
import java.time.Duration;

/**
 * A governed call is over.
 *
 * @param method the method
 * @param call number of the call within its runtime
 * @param outcome how it ended
 * @param attempts how often the method's own code ran
 * @param elapsed time since the call began
 * @param usage tokens of all requests to models within it
 * @param nanoUsd cost in billionths of a US dollar; -1 if any part has no known price
 * @param error class name of the failure; empty if it did not fail
 * @param shadow whether no caller got the answer, because the call was made for a comparison only
 */
@Experimental
public record CallEnded(
    MethodSpec method,
    long call,
    Outcome outcome,
    int attempts,
    Duration elapsed,
    Usage usage,
    long nanoUsd,
    String error,
    boolean shadow)
    implements Event {

  /** How a call ended. */
  public enum Outcome {
    /** It returned a result. */
    SUCCEEDED,
    /** It failed. */
    FAILED,
    /** A policy refused it. */
    REFUSED,
    /** Its caller cancelled it. */
    CANCELLED
  }
}
