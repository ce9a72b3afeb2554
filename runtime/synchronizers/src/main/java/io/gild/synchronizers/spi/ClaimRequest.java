package io.gild.synchronizers.spi;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;

/**
 * What a caller wants of a semaphore.
 *
 * @param id names the caller's permit; unique
 * @param permits the caller gets a permit only while fewer than these are held; 1 or more
 * @param lease how long the permit is held, or the place in the line kept, without a renewal; 1 ms
 *     or more
 * @param waits whether the caller takes a place in the line if there is no permit
 */
@Experimental
public record ClaimRequest(String id, int permits, Duration lease, boolean waits) {

  /** Checks the values. */
  public ClaimRequest {
    Require.atLeast(1, permits, "permits");
    Require.atLeast(1, lease.toMillis(), "milliseconds of lease");
  }
}
