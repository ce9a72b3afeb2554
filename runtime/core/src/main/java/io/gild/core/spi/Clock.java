package io.gild.core.spi;

import io.gild.config.Experimental;
import java.time.Instant;

/** Time, as the runtime sees it. */
@Experimental
public interface Clock {

  /** The machine's clock. */
  Clock SYSTEM =
      new Clock() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public long millis() {
          return System.currentTimeMillis();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
          Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
        }
      };

  /**
   * Returns a monotonic time.
   *
   * @return nanoseconds from an arbitrary origin
   */
  long nanoTime();

  /**
   * Returns the time of day.
   *
   * @return the instant
   */
  Instant now();

  /**
   * Returns the time of day as a number; that of the machine's clock allocates nothing.
   *
   * @return milliseconds since 1970-01-01T00:00:00Z
   */
  default long millis() {
    return now().toEpochMilli();
  }

  /**
   * Waits on the current thread.
   *
   * @param nanos how long; above zero
   * @throws InterruptedException if the thread is interrupted
   */
  void sleep(long nanos) throws InterruptedException;
}
