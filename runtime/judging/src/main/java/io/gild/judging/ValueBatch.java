package io.gild.judging;

/** Values anywhere from 0 to 1. */
final class ValueBatch implements Batch {

  /** Factors are from 0.05 to 20 or so, and the product of this many still fits a double. */
  private static final int PER_LOGARITHM = 64;

  private final double[] values;
  private final double sum;
  private final double sumOfSquares;

  /** Divides values by a cap; what is above the cap becomes 1. */
  ValueBatch(double[] raw, double cap) {
    values = new double[raw.length];
    double total = 0;
    double squares = 0;
    for (int i = 0; i < raw.length; i++) {
      double value = raw[i] >= cap ? 1 : raw[i] / cap;
      values[i] = value;
      total += value;
      squares += value * value;
    }
    sum = total;
    sumOfSquares = squares;
  }

  @Override
  public long count() {
    return values.length;
  }

  @Override
  public double sum() {
    return sum;
  }

  @Override
  public double sumOfSquares() {
    return sumOfSquares;
  }

  @Override
  public double logWealth(double bet, double center) {
    double base = 1 - bet * center;
    double product = 1;
    double log = 0;
    for (int i = 0; i < values.length; i++) {
      product *= base + bet * values[i];
      if (i % PER_LOGARITHM == PER_LOGARITHM - 1) {
        log += Math.log(product);
        product = 1;
      }
    }
    return log + Math.log(product);
  }
}
