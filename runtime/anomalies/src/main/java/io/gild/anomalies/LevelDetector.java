package io.gild.anomalies;

import java.util.Arrays;

/**
 * Finds changes of the level of a positive number, such as a latency.
 *
 * <p>A value is turned into the normal score <i>z</i> of its rank among the last values that count
 * as usual, so that its distribution does not matter. For each shift <i>d</i> of a few, up and
 * down, the likelihood ratio of <i>N(d, 1)</i> against <i>N(0, 1)</i> is summed as Page's CUSUM
 * does: <i>S = max(0, S + d z - d&sup2;/2)</i>. While nothing changes, <i>exp(S)</i> exceeds
 * <i>c</i> at most once in <i>c</i> values on average (Lorden 1971), which makes the threshold a
 * matter of how many false flags are accepted. Not thread-safe.
 */
final class LevelDetector extends Detector {

  private static final double[] SHIFTS = {0.75, 1.5, 2.5};

  private static final double OVERSHOOT = 3;

  /** A change smaller than this part of the usual level is not reported. */
  private static final double RELEVANT = 0.1;

  /** The same of a fall: who is a little faster or cheaper than usual needs no attention. */
  private static final double RELEVANT_FALL = 0.5;

  private static final double LEAST_SHIFT = 0.75;

  private final Baseline baseline;
  private final double[] up = new double[SHIFTS.length];
  private final double[] down = new double[SHIFTS.length];
  private final int warmUp;
  private final double leastChange;
  private int length;
  private double sumOfScores;
  private double shift;
  private Baseline changed;

  /**
   * Creates a detector.
   *
   * @param window how many usual values are kept
   * @param warmUp how many of them are needed
   * @param leastChange a smaller change of the median is as good as none, in the unit of the values
   */
  LevelDetector(int window, int warmUp, double leastChange) {
    this.baseline = new Baseline(window);
    this.changed = baseline;
    this.warmUp = warmUp;
    this.leastChange = leastChange;
  }

  @Override
  double overshoot() {
    return OVERSHOOT;
  }

  @Override
  boolean isUnusual(float value, double threshold) {
    if (baseline.size() < warmUp) {
      learn(value);
      return false;
    }
    double score = baseline.score(value);
    add(score);
    learnLater(value, threshold);
    if (evidence() < threshold) {
      return false;
    }
    double usual = baseline.median();
    double change = found() - usual;
    if (Math.abs(change) < leastChange || (change < 0 && -change < RELEVANT_FALL * usual)) {
      settle(); // goes on learning
      return false;
    }
    if (Math.abs(change) < RELEVANT * usual) {
      return false;
    }
    double mean = sumOfScores / length;
    shift = Math.copySign(Math.max(LEAST_SHIFT, Math.abs(mean)), mean);
    changed = new Baseline(warmUp);
    return true;
  }

  private void add(double score) {
    for (int i = 0; i < SHIFTS.length; i++) {
      double d = SHIFTS[i];
      up[i] = Math.max(0, up[i] + d * score - d * d / 2);
      down[i] = Math.max(0, down[i] - d * score - d * d / 2);
    }
    if (evidence() == 0) {
      length = 0;
      sumOfScores = 0;
    } else {
      length++;
      sumOfScores += score;
    }
  }

  @Override
  void learn(float value) {
    baseline.add(value);
  }

  @Override
  double whileFlagged(float value) {
    changed.add(value);
    return shift * baseline.score(value) - shift * shift / 2;
  }

  @Override
  boolean adopt() {
    if (changed.size() < warmUp) {
      return false;
    }
    baseline.clear();
    changed.copyTo(baseline);
    return true;
  }

  @Override
  void settle() {
    Arrays.fill(up, 0);
    Arrays.fill(down, 0);
    length = 0;
    sumOfScores = 0;
    changed = baseline;
  }

  @Override
  double evidence() {
    return Math.max(largest(up), largest(down));
  }

  @Override
  int length() {
    return length;
  }

  @Override
  double usual() {
    return baseline.median();
  }

  @Override
  double found() {
    return recent().median(length);
  }

  @Override
  int learned() {
    return baseline.size();
  }
}
