package io.gild.golden;

import io.gild.config.Experimental;

/**
 * A check among others.
 *
 * @param check the check
 * @param text the check in its author's words, such as {@code contains: 30 days}
 * @param weight how much it counts in the score; above zero
 * @param required whether the answer fails without it, however good its score
 */
@Experimental
public record WeightedCheck(AnswerCheck check, String text, double weight, boolean required) {

  /** Checks the weight. */
  public WeightedCheck {
    if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("weight must be above zero, but is " + weight);
    }
  }
}
