package io.gild.routing;

import java.util.Arrays;
import java.util.List;

/**
 * Logistic regression that learns from one example at a time, by AdaGrad (Duchi, Hazan and Singer
 * 2011). Guarded by its owner.
 */
final class OnlineLogistic {

  private static final double RATE = 0.3;
  private static final double DECAY = 1e-2;
  private static final double START = 1e-2;

  private final double[] weights;
  private final double[] squares;

  OnlineLogistic(double... start) {
    this.weights = start.clone();
    this.squares = new double[start.length];
    Arrays.fill(squares, START);
  }

  double sum(double[] features) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * features[i];
    }
    return sum;
  }

  void learn(double[] features, double error) {
    for (int i = 0; i < weights.length; i++) {
      double gradient = error * features[i] + DECAY * weights[i];
      if (gradient != 0) {
        squares[i] += gradient * gradient;
        weights[i] -= RATE * gradient / Math.sqrt(squares[i]);
      }
    }
  }

  double weight(int index) {
    return weights[index];
  }

  int size() {
    return weights.length;
  }

  List<Double> toPlain() {
    List<Double> all = new java.util.ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      all.add(weights[i]);
      all.add(squares[i]);
    }
    return all;
  }

  /** Returns whether the numbers fit, and were taken. */
  boolean restore(List<?> plain) {
    if (plain.size() != 2 * weights.length) {
      return false;
    }
    double[] read = new double[plain.size()];
    for (int i = 0; i < read.length; i++) {
      if (!(plain.get(i) instanceof Number number) || !Double.isFinite(number.doubleValue())) {
        return false;
      }
      read[i] = number.doubleValue();
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] = read[2 * i];
      squares[i] = Math.max(START, read[2 * i + 1]);
    }
    return true;
  }

  static double probability(double sum) {
    return 1 / (1 + Math.exp(-Math.max(-30, Math.min(30, sum))));
  }
}
