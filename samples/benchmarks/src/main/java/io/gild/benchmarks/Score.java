package io.gild.benchmarks;

/**
 * What one benchmark scored over all its rounds.
 *
 * @param time median time per call over all iterations, in the unit of its row
 * @param error half the width of the 99.9 % confidence interval of their mean
 * @param cpu median CPU time of the process per call, in the same unit
 * @param bytes median bytes allocated per call
 */
record Score(double time, double error, double cpu, double bytes) {

  /** No measurement. */
  static final Score NONE = of(Double.NaN);

  /** Returns the score of a figure that is known alone. */
  static Score of(double figure) {
    return new Score(figure, Double.NaN, Double.NaN, Double.NaN);
  }
}
