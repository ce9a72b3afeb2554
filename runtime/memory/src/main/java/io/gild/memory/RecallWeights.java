package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;

/**
 * How much each part counts in the score of a memory.
 *
 * @param words weight of the words; zero or more
 * @param similarity weight of the vectors; zero or more
 * @param importance weight of the importance; zero or more
 * @param recency weight of how lately it was said or used; zero or more
 * @param halfLife after how long the recency is half; above zero
 */
@Experimental
public record RecallWeights(
    double words, double similarity, double importance, double recency, Duration halfLife) {

  /** Checks the values. */
  public RecallWeights {
    Require.between(0, 1_000, words, "words");
    Require.between(0, 1_000, similarity, "similarity");
    Require.between(0, 1_000, importance, "importance");
    Require.between(0, 1_000, recency, "recency");
    Require.positive(halfLife, "half-life");
  }

  /**
   * Returns the usual weights.
   *
   * @return the weights
   */
  public static RecallWeights defaults() {
    return new RecallWeights(1, 0.5, 0.05, 0.05, Duration.ofDays(30));
  }
}
