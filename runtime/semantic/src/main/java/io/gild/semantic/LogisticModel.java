package io.gild.semantic;

/**
 * A logistic regression with a penalty on its weights, fitted by Newton's method.
 *
 * @param weights one for each feature
 */
record LogisticModel(double[] weights) {

  private static final double PENALTY = 1;
  private static final double LARGEST_LOGIT = 30;

  /** Returns a model that knows nothing. */
  static LogisticModel none() {
    return new LogisticModel(new double[PairFeatures.COUNT]);
  }

  /** Returns the probability of a positive outcome. */
  double probability(float[] features) {
    double logit = 0;
    for (int i = 0; i < weights.length; i++) {
      logit += weights[i] * features[i];
    }
    return 1 / (1 + Math.exp(-Math.max(-LARGEST_LOGIT, Math.min(LARGEST_LOGIT, logit))));
  }

  /** Says which rows belong to a fit. */
  interface Rows {
    boolean contain(int row);
  }

  /** Returns the model after some steps from this one. */
  LogisticModel fitted(
      float[][] features, boolean[] positive, float[] weight, Rows rows, int steps) {
    double[] fitted = weights.clone();
    for (int step = 0; step < steps; step++) {
      double[] change = change(new LogisticModel(fitted), features, positive, weight, rows);
      for (int i = 0; i < fitted.length; i++) {
        fitted[i] -= change[i];
      }
    }
    return new LogisticModel(fitted);
  }

  private static double[] change(
      LogisticModel model, float[][] features, boolean[] positive, float[] weight, Rows rows) {
    int size = model.weights.length;
    double[] gradient = new double[size];
    double[][] curvature = new double[size][size];
    for (int i = 0; i < size; i++) {
      gradient[i] = PENALTY * model.weights[i];
      curvature[i][i] = PENALTY;
    }
    for (int row = 0; row < features.length; row++) {
      if (rows.contain(row)) {
        double probability = model.probability(features[row]);
        double error = weight[row] * (probability - (positive[row] ? 1 : 0));
        double spread = weight[row] * probability * (1 - probability);
        add(features[row], error, spread, gradient, curvature);
      }
    }
    return solve(curvature, gradient);
  }

  private static void add(
      float[] features, double error, double spread, double[] gradient, double[][] curvature) {
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] += error * features[i];
      double scaled = spread * features[i];
      for (int j = 0; j <= i; j++) {
        curvature[i][j] += scaled * features[j];
      }
    }
  }

  /** Solves by Cholesky's decomposition; the penalty makes the matrix positive definite. */
  private static double[] solve(double[][] matrix, double[] right) {
    int size = right.length;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= matrix[i][k] * matrix[j][k];
        }
        matrix[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / matrix[j][j];
      }
    }
    double[] solution = right.clone();
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < i; k++) {
        solution[i] -= matrix[i][k] * solution[k];
      }
      solution[i] /= matrix[i][i];
    }
    for (int i = size - 1; i >= 0; i--) {
      for (int k = i + 1; k < size; k++) {
        solution[i] -= matrix[k][i] * solution[k];
      }
      solution[i] /= matrix[i][i];
    }
    return solution;
  }
}
