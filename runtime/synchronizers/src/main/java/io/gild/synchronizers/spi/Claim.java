package io.gild.synchronizers.spi;

import io.gild.config.Experimental;
import java.time.Duration;

/**
 * The answer of a semaphore.
 *
 * @param held whether the permit is held
 * @param token the fencing token of a held permit; 0 otherwise
 * @param retryAfter when a lease ends that may free a permit, if none is returned before; zero if
 *     the permit is held
 */
@Experimental
public record Claim(boolean held, long token, Duration retryAfter) {

  /**
   * A permit that is held.
   *
   * @param token its fencing token
   * @return the answer
   */
  public static Claim granted(long token) {
    return new Claim(true, token, Duration.ZERO);
  }

  /**
   * No permit yet.
   *
   * @param millis milliseconds until a lease ends
   * @return the answer
   */
  public static Claim refused(long millis) {
    return new Claim(false, 0, Duration.ofMillis(Math.max(1, millis)));
  }
}
