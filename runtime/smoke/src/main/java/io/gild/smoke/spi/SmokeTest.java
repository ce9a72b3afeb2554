package io.gild.smoke.spi;

import io.gild.config.Experimental;
import java.util.Locale;

/** The smoke tests, in the order in which they run. */
@Experimental
public enum SmokeTest {
  /** The application and its control endpoint answer. */
  HEALTH,
  /** Callers without credentials, or with wrong ones, are refused. */
  AUTHENTICATION,
  /** The agent answers a golden task correctly. */
  AGENT_CALL,
  /** What is written can be read again, by its owner alone. */
  STORAGE,
  /** A repeated question is answered from the cache. */
  CACHE,
  /** A message that is sent arrives. */
  QUEUE,
  /** Answers come in time. */
  PERFORMANCE,
  /** A call is seen with its outcome, tokens and cost. */
  TELEMETRY;

  /**
   * Returns the name of the test, as reports have it.
   *
   * @return such as {@code agent-call}
   */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
