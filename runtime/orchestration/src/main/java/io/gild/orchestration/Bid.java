package io.gild.orchestration;

import io.gild.config.Experimental;
import io.gild.config.Require;

/**
 * What a bidder offers for a task.
 *
 * @param score how well it suits the task; the highest is awarded first. Any finite number.
 * @param comment why; may be empty
 */
@Experimental
public record Bid(double score, String comment) {

  /** Checks the score. */
  public Bid {
    Require.between(-Double.MAX_VALUE, Double.MAX_VALUE, score, "score");
  }

  /**
   * Offers to do a task.
   *
   * @param score how well it suits; the highest is awarded first
   * @return a bid without a comment
   */
  public static Bid of(double score) {
    return new Bid(score, "");
  }
}
