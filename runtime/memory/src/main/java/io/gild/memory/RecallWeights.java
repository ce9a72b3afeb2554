package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;

/**
 * How much each signal counts when memories are ranked for a query. Weights are relative to each
 * other. With weight 0, a signal is not used.
 *
 * @param text for the query's words in the memory, as a share of BM25; 0 to 10
 * @param similarity for the margin by which the memory's vector is nearer to the query than others;
 *     0 to 10
 * @param neighbours for the text and similarity of the memory before and of the one after it; 0 to
 *     10
 * @param fading what remains of {@code neighbours} for the memories that are one step farther away;
 *     0 to 1
 * @param answer in addition to {@code neighbours}, for the text and similarity of a question right
 *     before the memory, which may be its answer; 0 to 10
 * @param session for the query's words in the whole session of the memory, as a share of BM25; 0 to
 *     10
 * @param named for a memory whose author, or another name in its metadata, is in the query; 0 to 10
 * @param recency for a new memory; 0 to 10
 * @param halfLife the age at which {@code recency} counts half; above zero
 * @param importance for a memory of the highest importance; 0 to 10
 * @param question the share of its score that a memory loses because it is a question, which
 *     contains few facts; 0 to 1
 */
@Experimental
public record RecallWeights(
    double text,
    double similarity,
    double neighbours,
    double fading,
    double answer,
    double session,
    double named,
    double recency,
    Duration halfLife,
    double importance,
    double question) {

  private static final double MOST = 10;

  /** Checks the values. */
  public RecallWeights {
    Require.between(0, MOST, text, "text");
    Require.between(0, MOST, similarity, "similarity");
    Require.between(0, MOST, neighbours, "neighbours");
    Require.between(0, 1, fading, "fading");
    Require.between(0, MOST, answer, "answer");
    Require.between(0, MOST, session, "session");
    Require.between(0, MOST, named, "named");
    Require.between(0, MOST, recency, "recency");
    Require.positive(halfLife, "half-life");
    Require.between(0, MOST, importance, "importance");
    Require.between(0, 1, question, "question");
  }

  /**
   * Returns the weights for conversations: text 1, similarity 0.6, neighbours 0.3 fading by 0.5,
   * answer 0.3, session 0.6, named 0.05, recency 0.02 with a half-life of 30 days, importance 0.1,
   * question 0.1.
   *
   * @return the defaults
   */
  public static RecallWeights ofDefaults() {
    return new RecallWeights(1, 0.6, 0.3, 0.5, 0.3, 0.6, 0.05, 0.02, Duration.ofDays(30), 0.1, 0.1);
  }
}
