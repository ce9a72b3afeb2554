package io.gild.core;

import java.time.Duration;

/** An attempt took longer than its time limit. It is a failure, and may be retried. */
public final class TimeLimitExceeded extends GildException {

  private static final long serialVersionUID = 1L;

  private final Duration timeoutDuration;

  /**
   * Creates the failure.
   *
   * @param agent name of the agent
   * @param timeoutDuration the time an attempt may take
   */
  public TimeLimitExceeded(String agent, Duration timeoutDuration) {
    super("Agent " + agent + ": the attempt exceeded its limit of " + timeoutDuration, null, false);
    this.timeoutDuration = timeoutDuration;
  }

  /**
   * Returns the limit.
   *
   * @return the time an attempt may take
   */
  public Duration timeoutDuration() {
    return timeoutDuration;
  }
}
