package io.gild.anomalies;

import io.gild.judging.Normal;

/** Normal scores of ranks: the values that a standard normal distribution has at these ranks. */
final class NormalScores {

  private static final int STEPS = 4_096;
  private static final double[] SCORES = new double[STEPS];

  static {
    for (int i = 0; i < STEPS; i++) {
      SCORES[i] = Normal.quantileAbove(1 - (i + 0.5) / STEPS);
    }
  }

  private NormalScores() {}

  /**
   * Returns the score of a share of smaller values.
   *
   * @param below share of the values that are smaller; above 0 and below 1
   */
  static double of(double below) {
    return SCORES[(int) (below * STEPS)];
  }
}
