package io.gild.semantic;

/**
 * The probability that questions of a new kind do not reach: their answer is not among those of
 * their neighbours, so that a repeated one is wrong whichever it is.
 */
final class NoveltyFloor {

  private static final double TINY = 1e-9;
  private static final int FEWEST = 20;

  /** How many standard deviations the floor lies above the mean of the new questions. */
  private static final double DEVIATIONS = 3.2;

  private NoveltyFloor() {}

  /** Returns a floor above the new questions, in log-odds as if they were normally distributed. */
  static double of(CalibrationLabels labels, double[] probability) {
    double sum = 0;
    double squares = 0;
    double weights = 0;
    int count = 0;
    for (int row = 0; row < probability.length; row++) {
      CalibrationLabel label = labels.get(row);
      if (label.novel()) {
        double logit = logit(probability[row]);
        sum += label.weight() * logit;
        squares += label.weight() * logit * logit;
        weights += label.weight();
        count++;
      }
    }
    if (count < FEWEST) {
      return 0;
    }
    double mean = sum / weights;
    double deviation = Math.sqrt(Math.max(0, squares / weights - mean * mean));
    return 1 / (1 + Math.exp(-(mean + DEVIATIONS * deviation)));
  }

  private static double logit(double probability) {
    double safe = Math.max(TINY, Math.min(1 - TINY, probability));
    return Math.log(safe / (1 - safe));
  }
}
