package io.gild.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The windowed Gaussian detector of the Numenta Anomaly Benchmark, made better suited to calls: the
 * mean of the last ten values is compared with mean and standard deviation of the last 6,400. Its
 * threshold is the one that makes it as quiet as is allowed.
 */
final class WindowedGaussian implements FaultFinder {

  private static final int WINDOW = 6_400;
  private static final int SHORT = 10;
  private static final int WARM_UP = 100;
  private static final int SIGNALS = 6;
  private static final double HOUR = 3_600;

  private final List<Series> series = new ArrayList<>();
  private final List<Double> hourly = new ArrayList<>();
  private final double threshold;
  private double highest;
  private boolean above;
  private int flags;

  WindowedGaussian(double threshold) {
    this.threshold = threshold;
    for (int i = 0; i < SIGNALS; i++) {
      series.add(new Series());
    }
  }

  @Override
  public void accept(SyntheticCall call) {
    double most = series.get(0).add(call.failed() ? 1 : 0);
    most = Math.max(most, series.get(1).add(call.toolFailed() ? 1 : 0));
    if (!call.failed()) {
      most = Math.max(most, series.get(2).add(call.refused() ? 1 : 0));
      most = Math.max(most, series.get(3).add(call.seconds()));
      most = Math.max(most, series.get(4).add(call.usd()));
      most = Math.max(most, series.get(5).add((double) (call.inputTokens() + call.outputTokens())));
    }
    highest = Math.max(highest, most);
    if (most >= threshold && !above) {
      flags++;
    }
    above = most >= threshold;
  }

  @Override
  public void turn(double second) {
    if (second % HOUR == 0) {
      hourly.add(highest);
      highest = 0;
    }
  }

  /** Returns the threshold that no more than so many hours exceeded. */
  double quietAt(int flagsAllowed) {
    List<Double> sorted = new ArrayList<>(hourly);
    sorted.sort(Collections.reverseOrder());
    return sorted.get(flagsAllowed);
  }

  @Override
  public int flags() {
    return flags;
  }

  /** The values of a signal. */
  private static final class Series {

    private final double[] values = new double[WINDOW];
    private int count;
    private double sum;
    private double squares;
    private double last;

    /** Adds a value; returns by how many standard deviations the last ones are off. */
    double add(double value) {
      int place = count % WINDOW;
      if (count >= WINDOW) {
        sum -= values[place];
        squares -= values[place] * values[place];
      }
      values[place] = value;
      sum += value;
      squares += value * value;
      count++;
      last += value;
      if (count > SHORT) {
        last -= values[(count - 1 - SHORT) % WINDOW];
      }
      if (count < WARM_UP) {
        return 0;
      }
      int size = Math.min(count, WINDOW);
      double mean = sum / size;
      double deviation = Math.sqrt(Math.max(1e-18, squares / size - mean * mean));
      return Math.abs(last / SHORT - mean) / (deviation / Math.sqrt(SHORT));
    }
  }
}
