package io.gild.judging;

import java.util.List;

/**
 * The wealth of several bettors and of one who never bets, as logarithms. All start with the same
 * stake; the mean is the e-value, because a mixture of e-processes is an e-process.
 *
 * <p>After each block, all give a small part to a pot that is divided equally (Herbster and
 * Warmuth, "Tracking the best expert", 1998). This leaves the mean as it is, and keeps some stake
 * with bettors who have lost for long: harm that begins late, such as with a larger share of the
 * traffic, is found sooner.
 */
final class Wealth {

  /** Costs 0.05 · ln(calls) of the logarithm at most. */
  private static final double SHARED = 0.05;

  private final double[] logs;
  private double seen;

  Wealth(int bettors) {
    logs = new double[bettors + 1];
  }

  void multiply(int bettor, double logFactor) {
    logs[bettor] += logFactor;
  }

  /**
   * Divides a part of the wealth equally.
   *
   * @param size size of the block; above zero
   */
  void share(double size) {
    seen += size;
    double part = SHARED * size / seen;
    double mean = logMean();
    for (int i = 0; i < logs.length; i++) {
      double larger = Math.max(logs[i], mean);
      double sum = (1 - part) * Math.exp(logs[i] - larger) + part * Math.exp(mean - larger);
      logs[i] = larger + Math.log(sum);
    }
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

  /** Returns the logarithms, and the size of all blocks. */
  List<Object> state() {
    List<Object> state = SavedState.of(logs);
    state.add(seen);
    return state;
  }

  void restore(double[] state) {
    if (state.length != logs.length + 1) {
      throw new IllegalArgumentException(
          "state of a judge: there must be %d numbers of wealth, but are %d"
              .formatted(logs.length + 1, state.length));
    }
    System.arraycopy(state, 0, logs, 0, logs.length);
    seen = state[logs.length];
  }
}
