package io.gild.operations.spi;

import io.gild.config.Experimental;
import io.gild.judging.TrafficInterval;
import io.gild.operations.RolloutException;

/** Measures both versions of a rollout. One thread at a time calls it. */
@Experimental
public interface TelemetrySource extends AutoCloseable {

  /**
   * Returns what happened since the last call, or since this source was made. Both sides are of the
   * same interval.
   *
   * @return the interval; one without calls if there were none
   * @throws RolloutException if a side cannot be measured, such as a process that is gone; what was
   *     measured until then is returned by the next call
   */
  TrafficInterval read() throws RolloutException;

  /**
   * Returns why a version cannot serve at all, such as a failed health check of the proxy. Counts
   * alone do not show this: a proxy sends no call to a server that is down.
   *
   * @param canary whether the new version is asked for
   * @return the reason in one sentence; empty if the version is healthy or nothing is known
   * @throws RolloutException if the source does not answer
   */
  default String unhealthy(boolean canary) throws RolloutException {
    return "";
  }

  /**
   * Returns what could not be measured at the last reading although the settings ask for it, such
   * as the latencies of a process whose endpoint does not answer. Meanwhile the rollout neither
   * advances nor fails by comparison.
   *
   * @return the reason in one sentence; empty if nothing is missing
   */
  default String incomplete() {
    return "";
  }

  @Override
  default void close() {}
}
