package io.gild.routing;

import io.gild.config.Usage;
import org.jspecify.annotations.Nullable;

/** What the attempts of a method at one tier used and how long they took. Thread-safe. */
final class TierFigures {

  private static final double SMOOTHING = 0.1;

  private double input = -1;
  private double output = -1;
  private double nanos = -1;

  synchronized void add(Usage usage, long elapsedNanos) {
    if (usage.inputTokens() + usage.outputTokens() > 0) {
      input = smooth(input, (double) usage.inputTokens());
      output = smooth(output, (double) usage.outputTokens());
    }
    nanos = smooth(nanos, (double) Math.max(0, elapsedNanos));
  }

  private static double smooth(double known, double next) {
    return known < 0 ? next : known + SMOOTHING * (next - known);
  }

  /** Returns the usual tokens of an attempt; {@code null} if none was seen. */
  synchronized @Nullable Usage usual() {
    return input < 0 ? null : Usage.of(Math.round(input), Math.round(output));
  }

  /** Returns the usual time of an attempt in nanoseconds; negative if none was seen. */
  synchronized double usualNanos() {
    return nanos;
  }
}
