package io.gild.synchronizers;

import java.time.Duration;

/** Durations in nanoseconds, of which even the longest can be added to a time. */
final class Times {

  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Times() {}

  static long nanos(Duration duration) {
    return (duration.compareTo(LONGEST) > 0 ? LONGEST : duration).toNanos();
  }
}
