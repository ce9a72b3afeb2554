package io.gild.semantic;

import java.util.List;

/** Labels in columns, as a fit reads them. */
final class CalibrationLabels {

  private static final int FOLDS = 5;
  private static final int STEPS = 8;
  private static final int FOLD_STEPS = 3;

  /** Explored labels count for more, but not so much that a few of them decide alone. */
  private static final float LARGEST_WEIGHT = 3;

  private final List<CalibrationLabel> labels;
  private final float[][] features;
  private final float[] weights;

  CalibrationLabels(List<CalibrationLabel> labels) {
    this.labels = labels;
    this.features = labels.stream().map(CalibrationLabel::features).toArray(float[][]::new);
    this.weights = new float[labels.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.min(labels.get(i).weight(), LARGEST_WEIGHT);
    }
  }

  int size() {
    return labels.size();
  }

  CalibrationLabel get(int row) {
    return labels.get(row);
  }

  /** Which labels are positive for a model. */
  interface Outcome {
    boolean isPositive(CalibrationLabel label);
  }

  private boolean[] outcomes(Outcome outcome) {
    boolean[] positive = new boolean[labels.size()];
    for (int i = 0; i < positive.length; i++) {
      positive[i] = outcome.isPositive(labels.get(i));
    }
    return positive;
  }

  /** Fits a model to all labels. */
  LogisticModel fit(LogisticModel start, Outcome outcome) {
    return start.fitted(features, outcomes(outcome), weights, row -> true, STEPS);
  }

  /** Returns the probability of each label by a model that was fitted without it. */
  double[] crossFitted(LogisticModel model, Outcome outcome) {
    boolean[] positive = outcomes(outcome);
    double[] probabilities = new double[labels.size()];
    for (int fold = 0; fold < FOLDS; fold++) {
      int left = fold;
      LogisticModel without =
          model.fitted(features, positive, weights, row -> row % FOLDS != left, FOLD_STEPS);
      for (int row = fold; row < probabilities.length; row += FOLDS) {
        probabilities[row] = without.probability(features[row]);
      }
    }
    return probabilities;
  }
}
