package io.gild.cost;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers repeated questions from memory.
 *
 * @param ttl how long an answer stays valid after it was written; above zero
 * @param maximumSize how many answers are kept; at least 1
 * @param maximumWeight bytes that they and their keys may take, by estimate; at least 1. An answer
 *     that weighs more is not kept
 * @param key names of the parameters that make up the key; empty means all but model and session
 * @param normalize whether texts in the key are compared in normalized form
 * @param tags by which answers are dropped when something has changed; the name of a parameter in
 *     braces stands for its argument, as in {@code customer:{customer}}
 * @param refusalTtl how long a refusal stays valid: an answer that the provider's filter stopped;
 *     at most the ttl, or zero to keep none
 * @param semantic whether an answer to another question that means the same may be repeated
 * @param maxErrorRate the largest share of all requests that the semantic cache may answer wrongly;
 *     above 0, at most 0.5
 * @param exploration the share of its would-be hits for which the model is called anyway, to see
 *     whether they would be right; above 0, at most 1. With 1, the whole cache only measures and
 *     repeats no answer, not even to the same question
 * @param semanticMaximumWeight bytes that the questions, answers and evidence of the semantic cache
 *     may take, by estimate; at least 100,000
 */
@Experimental
public record CachePolicy(
    Duration ttl,
    long maximumSize,
    long maximumWeight,
    List<String> key,
    boolean normalize,
    List<String> tags,
    Duration refusalTtl,
    boolean semantic,
    double maxErrorRate,
    double exploration,
    long semanticMaximumWeight) {

  private static final double MOST_ERRORS = 0.5;
  private static final double USUAL_ERRORS = 0.01;
  private static final double USUAL_EXPLORATION = 0.1;
  private static final long USUAL_WEIGHT = 256L << 20;
  private static final long USUAL_SEMANTIC_WEIGHT = 64_000_000;
  private static final long LEAST_SEMANTIC_WEIGHT = 100_000;

  /** Checks the values. */
  public CachePolicy {
    Require.positive(ttl, "ttl");
    Require.atLeast(1, maximumSize, "maximum-size");
    Require.atLeast(1, maximumWeight, "maximum-weight");
    key = List.copyOf(key);
    tags = List.copyOf(tags);
    Require.notNegative(refusalTtl, "refusal-ttl");
    share(maxErrorRate, MOST_ERRORS, "max-error-rate");
    share(exploration, 1, "exploration");
    Require.atLeast(LEAST_SEMANTIC_WEIGHT, semanticMaximumWeight, "semantic-maximum-weight");
  }

  /**
   * Creates a policy of the exact cache alone.
   *
   * @param ttl how long an answer stays valid after it was written; above zero
   * @param maximumSize how many answers are kept; at least 1
   * @param key names of the parameters that make up the key; empty means all but model and session
   * @param normalize whether texts in the key are compared in normalized form
   */
  public CachePolicy(Duration ttl, long maximumSize, List<String> key, boolean normalize) {
    this(
        ttl,
        maximumSize,
        USUAL_WEIGHT,
        key,
        normalize,
        List.of(),
        Duration.ofMinutes(1),
        false,
        USUAL_ERRORS,
        USUAL_EXPLORATION,
        USUAL_SEMANTIC_WEIGHT);
  }

  /** Returns whether no answer is ever repeated. */
  boolean onlyMeasures() {
    return semantic && exploration >= 1;
  }

  /** Returns the policy that only measures; {@code null} if there is nothing to measure. */
  @Nullable CachePolicy measuring() {
    return semantic
        ? new CachePolicy(
            ttl,
            maximumSize,
            maximumWeight,
            key,
            normalize,
            tags,
            refusalTtl,
            true,
            maxErrorRate,
            1,
            semanticMaximumWeight)
        : null;
  }

  private static void share(double value, double most, String name) {
    if (!(value > 0 && value <= most)) {
      throw new IllegalArgumentException(
          name + " must be above 0 and at most " + most + ", but is " + value);
    }
  }
}
