package io.gild.testkit;

import io.gild.config.Experimental;
import java.time.Duration;

/**
 * How long a model takes: a base time until the first token and a time for every output token, both
 * multiplied by a log-normal jitter and by a scale.
 *
 * @param base the time until the first token
 * @param perToken the time for each output token
 * @param jitter the standard deviation of the logarithm of the jitter; 0 for none, 0.3 is lively
 * @param scale a factor on everything; 0.1 makes ten seconds one
 */
@Experimental
public record Latency(Duration base, Duration perToken, double jitter, double scale) {

  private static final int JITTER_STREAM = 21;
  private static final Latency NONE = of(Duration.ZERO, Duration.ZERO);

  public Latency {
    if (base.isNegative() || perToken.isNegative() || !(jitter >= 0) || !(scale >= 0)) {
      throw new IllegalArgumentException(
          "No part of a latency may be negative: base %s, per token %s, jitter %s, scale %s"
              .formatted(base, perToken, jitter, scale));
    }
  }

  /** Returns the latency of a model that answers at once. */
  public static Latency none() {
    return NONE;
  }

  /** Returns a latency without jitter. */
  public static Latency of(Duration base, Duration perToken) {
    return new Latency(base, perToken, 0, 1);
  }

  /** Returns this latency with another jitter. */
  public Latency jittered(double sigma) {
    return new Latency(base, perToken, sigma, scale);
  }

  /** Returns this latency with its scale multiplied. */
  public Latency scaled(double factor) {
    return new Latency(base, perToken, jitter, scale * factor);
  }

  /** Returns the time to the first token of one request. */
  Duration untilFirstToken(long seed, long sequence) {
    return scaled(base, seed, sequence);
  }

  /** Returns the time of each output token of one request. */
  Duration betweenTokens(long seed, long sequence) {
    return scaled(perToken, seed, sequence);
  }

  private Duration scaled(Duration time, long seed, long sequence) {
    double factor = scale * Math.exp(jitter * Seeded.normal(seed, JITTER_STREAM, sequence));
    return Duration.ofNanos(Math.round(time.toNanos() * factor));
  }
}
