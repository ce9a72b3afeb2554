package io.gild.synchronizers;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking an engine.
 *
 * @param value what was wanted, or {@code null} if it is not there yet
 * @param retryAfter when to ask again at the latest
 */
record Answer<T>(@Nullable T value, Duration retryAfter) {

  static <T> Answer<T> of(T value) {
    return new Answer<>(value, Duration.ZERO);
  }

  static <T> Answer<T> notYet(Duration retryAfter) {
    return new Answer<>(null, retryAfter);
  }
}
