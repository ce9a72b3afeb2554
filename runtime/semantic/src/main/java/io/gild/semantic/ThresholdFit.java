package io.gild.semantic;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fits the models and the threshold to labels.
 *
 * <p>The probability of each label comes from a model that was fitted without it, so that the
 * threshold does not trust what the model knows by heart. The threshold is the lowest one at which
 * the wrong answers, estimated with {@value #MARGIN} standard errors above, stay within the bound.
 */
final class ThresholdFit {

  private static final double MARGIN = 1.5;

  /**
   * Requests in which twice the bound stops hits, because the questions or answers have changed.
   */
  private static final int RECENT = 1_000;

  private static final int RECENT_FACTOR = 2;

  private final double maxErrorRate;
  private final double exploration;

  ThresholdFit(double maxErrorRate, double exploration) {
    this.maxErrorRate = maxErrorRate;
    this.exploration = exploration;
  }

  /**
   * Returns a new calibration.
   *
   * @param known all labels
   * @param requests during which they were collected
   * @param start the present one
   */
  Calibration fit(List<CalibrationLabel> known, long requests, Calibration start) {
    CalibrationLabels labels = new CalibrationLabels(known);
    LogisticModel right = labels.fit(start.model(), label -> !label.wrong());
    LogisticModel near = labels.fit(start.known(), label -> !label.novel());
    double[] nearby = labels.crossFitted(near, label -> !label.novel());
    double floor = NoveltyFloor.of(labels, nearby);
    double[] probabilities = labels.crossFitted(right, label -> !label.wrong());
    int[] accepted =
        IntStream.range(0, labels.size())
            .filter(row -> nearby[row] >= floor)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> -probabilities[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new Calibration(
        right, threshold(labels, accepted, probabilities, requests), near, floor);
  }

  private double threshold(
      CalibrationLabels labels, int[] accepted, double[] probabilities, long requests) {
    long recent = labels.get(labels.size() - 1).request() - RECENT;
    double recentBound =
        RECENT_FACTOR * Math.max(maxErrorRate * Math.min(RECENT, requests), 1 / exploration);
    double called = 1 - Math.min(exploration, 0.5); // explored hits are not wrong for the caller
    double wrong = 0;
    double recentWrong = 0;
    double expected = 0;
    double variance = 1 / (exploration * exploration); // as if one more might have been wrong
    double threshold = Calibration.NEVER;
    for (int row : accepted) {
      CalibrationLabel label = labels.get(row);
      double weight = label.weight();
      expected += weight * (1 - probabilities[row]);
      if (label.wrong()) {
        wrong += weight;
        variance += weight * weight;
        recentWrong += label.request() > recent ? weight : 0;
      }
      if (recentWrong > recentBound) {
        break;
      }
      double upper = Math.max(wrong, expected) + MARGIN * Math.sqrt(variance);
      if (upper * called <= maxErrorRate * requests) {
        threshold = probabilities[row];
      }
    }
    return threshold;
  }
}
