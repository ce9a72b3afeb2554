package io.gild.memory;

import io.gild.config.Experimental;

/**
 * The score of a memory for a query, in its parts. Each part is weighted; their sum is the score.
 *
 * @param text from the query's words in the memory
 * @param similarity from its vector
 * @param neighbours from the memories before and after it
 * @param session from its session
 * @param named from a name in the query
 * @param recency from its age
 * @param importance from its importance
 * @param question what it loses because it is a question; 0 or less
 */
@Experimental
public record RecallScore(
    double text,
    double similarity,
    double neighbours,
    double session,
    double named,
    double recency,
    double importance,
    double question) {

  /**
   * Returns the score.
   *
   * @return the sum of the parts; 0 or more
   */
  public double total() {
    return withoutQuestion() + question;
  }

  private double withoutQuestion() {
    return text + similarity + neighbours + session + named + recency + importance;
  }

  /** Returns this score with a part of it lost. */
  RecallScore discounted(double share) {
    return new RecallScore(
        text,
        similarity,
        neighbours,
        session,
        named,
        recency,
        importance,
        -share * withoutQuestion());
  }
}
