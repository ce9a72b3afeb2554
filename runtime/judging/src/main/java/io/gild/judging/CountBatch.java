package io.gild.judging;

/**
 * Values that are 0 or 1.
 *
 * @param count how many
 * @param hits how many of them are 1
 */
record CountBatch(long count, long hits) implements Batch {

  @Override
  public double sum() {
    return hits;
  }

  @Override
  public double sumOfSquares() {
    return hits;
  }

  @Override
  public double logWealth(double bet, double center) {
    return hits * Math.log1p(bet * (1 - center)) + (count - hits) * Math.log1p(-bet * center);
  }

  /** Returns how many of the values are above a threshold. */
  static CountBatch above(double threshold, double[] values) {
    int hits = 0;
    for (double value : values) {
      if (value > threshold) {
        hits++;
      }
    }
    return new CountBatch(values.length, hits);
  }
}
