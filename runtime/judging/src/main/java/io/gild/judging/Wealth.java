package io.gild.judging;

import java.util.ArrayList;
import java.util.List;

/**
 * The wealth of several bettors who started with the same stake, as logarithms. Its mean is the
 * e-value: a mixture of e-processes is an e-process.
 */
final class Wealth {

  private final double[] logs;

  Wealth(int bettors) {
    logs = new double[bettors];
  }

  void multiply(int bettor, double logFactor) {
    logs[bettor] += logFactor;
  }

  /** Returns the logarithm of the mean, without overflow. */
  double logMean() {
    double most = Double.NEGATIVE_INFINITY;
    for (double log : logs) {
      most = Math.max(most, log);
    }
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - most);
    }
    return most + Math.log(sum / logs.length);
  }

  List<Object> state() {
    List<Object> state = new ArrayList<>();
    for (double log : logs) {
      state.add(log);
    }
    return state;
  }

  void restore(double[] state) {
    if (state.length != logs.length) {
      throw new IllegalArgumentException(
          "state has the wealth of %d bettors, expected %d".formatted(state.length, logs.length));
    }
    System.arraycopy(state, 0, logs, 0, logs.length);
  }
}
