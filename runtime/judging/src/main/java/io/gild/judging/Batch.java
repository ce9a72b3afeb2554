package io.gild.judging;

/** What one version's calls were like in a block of calls: values from 0 to 1. */
interface Batch {

  long count();

  double sum();

  double sumOfSquares();

  /**
   * Returns the logarithm of the wealth that one bet on every value leaves: the sum of {@code log(1
   * + bet * (value - center))}. Every such factor must be above zero.
   */
  double logWealth(double bet, double center);
}
