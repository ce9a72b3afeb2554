package io.gild.judging;

import io.gild.config.Experimental;

/**
 * How much worse a new version may be.
 *
 * @param amount zero or more: in the unit of the criterion (a rate or a score of 0 to 1, seconds,
 *     US dollars, tokens), or a share of the stable version's value if {@code relative}
 * @param relative whether it is a share, such as 0.1 for 10 %
 */
@Experimental
public record Tolerance(double amount, boolean relative) {

  /** Checks the amount. */
  public Tolerance {
    if (!(amount >= 0) || Double.isInfinite(amount)) {
      throw new IllegalArgumentException(
          "tolerance must be a number of zero or more, but is " + amount);
    }
  }

  /**
   * Returns a tolerance in the unit of the criterion.
   *
   * @param amount zero or more, such as 0.005 for half a percentage point of a rate
   * @return the tolerance
   */
  public static Tolerance absolute(double amount) {
    return new Tolerance(amount, false);
  }

  /**
   * Returns a tolerance as a share of the stable version's value.
   *
   * @param share zero or more, such as 0.1 for 10 %
   * @return the tolerance
   */
  public static Tolerance relative(double share) {
    return new Tolerance(share, true);
  }

  /** Returns the factor of the stable version's value at which harm begins. */
  double factor() {
    return relative ? 1 + amount : 1;
  }

  /** Returns what is added to the stable version's value at which harm begins. */
  double offset() {
    return relative ? 0 : amount;
  }
}
