package io.gild.core.spi;

import io.gild.config.Experimental;
import io.gild.core.RuntimeScope;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Permits that several JVMs share, for stages that limit how much happens at once in all of them;
 * the first one that {@link java.util.ServiceLoader} finds is used. Thread-safe.
 */
@Experimental
public interface SharedPermits {

  /** A permit; it returns by itself when its JVM dies. */
  interface Permit extends AutoCloseable {

    /** Returns the permit; never throws. */
    @Override
    void close();
  }

  /**
   * Gets a permit.
   *
   * @param runtime has the settings that say where the permits are
   * @param name names the permits; not blank
   * @param permits how many there are; 1 or more
   * @param timeout how long to wait at most; zero to not wait
   * @return the permit, or {@code null} if there is none in time
   * @throws IOException if the permits cannot be reached
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  @Nullable Permit acquire(RuntimeScope runtime, String name, int permits, Duration timeout)
      throws IOException, InterruptedException;
}
