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
   * Waits on the current thread.
   *
   * @param nanos how long; above zero
   * @throws InterruptedException if the thread is interrupted
   */
  void sleep(long nanos) throws InterruptedException;
}
