package io.gild.semantic;

/**
 * From which probability on answers are repeated.
 *
 * @param model estimates the probability that a repeated answer is right
 * @param threshold the least probability; above 1 if no answer may be repeated
 * @param known estimates the probability that one of the neighbours has the right answer
 * @param floor the least probability of that, above what questions of a new kind reach
 */
record Calibration(LogisticModel model, double threshold, LogisticModel known, double floor) {

  /** A threshold that no probability reaches. */
  static final double NEVER = 2;

  static Calibration none() {
    return new Calibration(LogisticModel.none(), NEVER, LogisticModel.none(), NEVER);
  }

  /** Returns whether an answer may be repeated. */
  boolean accepts(double probability, float[] features) {
    return probability >= threshold && known.probability(features) >= floor;
  }
}
