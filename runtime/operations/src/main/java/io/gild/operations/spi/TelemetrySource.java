package io.gild.operations.spi;

import io.gild.config.Experimental;
import io.gild.judging.Interval;
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
  Interval read() throws RolloutException;

  @Override
  default void close() {}
}
