package io.gild.semantic;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;

/**
 * How a {@link SemanticCache} decides, and how much it keeps.
 *
 * @param maxErrorRate the largest share of all requests that may get a wrong answer; above 0, at
 *     most 0.5
 * @param exploration the share of would-be hits for which the model is called anyway, to see
 *     whether the hit would have been right; above 0, at most 1. With 1, no answer is ever repeated
 *     and the cache only measures.
 * @param ttl how long an answer may be repeated after it was learned; above zero
 * @param maxWeight how many bytes all entries and labels may take, by estimate; at least 100,000
 * @param maxQuestionLength longer questions are neither looked up nor learned; in characters, at
 *     least 1
 */
@Experimental
public record SemanticSettings(
    double maxErrorRate, double exploration, Duration ttl, long maxWeight, int maxQuestionLength) {

  private static final double MOST_ERRORS = 0.5;
  private static final long LEAST_WEIGHT = 100_000;

  /** The defaults: 1 % errors, 10 % exploration, an hour, 64 MB, 2,000 characters. */
  public static final SemanticSettings DEFAULTS =
      new SemanticSettings(0.01, 0.1, Duration.ofHours(1), 64_000_000, 2_000);

  /** Checks the values. */
  public SemanticSettings {
    share(maxErrorRate, MOST_ERRORS, "max-error-rate");
    share(exploration, 1, "exploration");
    Require.positive(ttl, "ttl");
    Require.atLeast(LEAST_WEIGHT, maxWeight, "max-weight");
    Require.atLeast(1, maxQuestionLength, "max-question-length");
  }

  private static void share(double value, double most, String name) {
    if (!(value > 0 && value <= most)) {
      throw new IllegalArgumentException(
          name + " must be above 0 and at most " + most + ", but is " + value);
    }
  }

  /**
   * Returns these settings with another bound.
   *
   * @param rate the largest share of all requests that may get a wrong answer
   * @return new settings
   */
  public SemanticSettings withMaxErrorRate(double rate) {
    return new SemanticSettings(rate, exploration, ttl, maxWeight, maxQuestionLength);
  }

  /**
   * Returns these settings with another share of explored hits.
   *
   * @param share above 0, at most 1
   * @return new settings
   */
  public SemanticSettings withExploration(double share) {
    return new SemanticSettings(maxErrorRate, share, ttl, maxWeight, maxQuestionLength);
  }

  /**
   * Returns these settings with another age of answers.
   *
   * @param longest above zero
   * @return new settings
   */
  public SemanticSettings withTtl(Duration longest) {
    return new SemanticSettings(maxErrorRate, exploration, longest, maxWeight, maxQuestionLength);
  }

  /**
   * Returns these settings with another size.
   *
   * @param bytes at least 100,000
   * @return new settings
   */
  public SemanticSettings withMaxWeight(long bytes) {
    return new SemanticSettings(maxErrorRate, exploration, ttl, bytes, maxQuestionLength);
  }
}
