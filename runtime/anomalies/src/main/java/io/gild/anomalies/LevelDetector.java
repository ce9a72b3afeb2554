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

  /** Values wait here before they count as usual, so that a change does not hide itself. */
  private static final int WAITING = 32;

  /** A change smaller than this part of the usual level is not reported. */
  private static final double RELEVANT = 0.1;

  /** Share of the threshold from which on values are not learned from. */
  private static final double SUSPICIOUS = 0.5;

  private static final double LEAST_SHIFT = 0.75;

  private final Baseline baseline;
  private final Recent recent = new Recent(WAITING);
  private final double[] up = new double[SHIFTS.length];
  private final double[] down = new double[SHIFTS.length];
  private final int warmUp;
  private int length;
  private double sumOfScores;
  private double shift;
  private double recovery;
  private Baseline changed;

  LevelDetector(int window, int warmUp) {
    this.baseline = new Baseline(window);
    this.changed = baseline;
    this.warmUp = warmUp;
  }

  @Override
  double overshoot() {
    return OVERSHOOT;
  }

  @Override
  boolean isUnusual(float value, double threshold) {
    if (baseline.size() < warmUp) {
      baseline.add(value);
      return false;
    }
    double score = baseline.score(value);
    add(score);
    if (recent.full()) {
      float oldest = recent.poll();
      if (evidence() < SUSPICIOUS * threshold) {
        baseline.add(oldest);
      }
    }
    recent.add(value);
    if (evidence() < threshold || !isRelevant()) {
      return false;
    }
    double mean = sumOfScores / length;
    shift = Math.copySign(Math.max(LEAST_SHIFT, Math.abs(mean)), mean);
    recovery = 0;
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

  private boolean isRelevant() {
    double usual = baseline.median();
    return Math.abs(found() - usual) >= RELEVANT * usual;
  }

  @Override
  boolean isUsualAgain(float value) {
    double score = baseline.score(value);
    recovery = Math.max(0, recovery - (shift * score - shift * shift / 2));
    length++;
    if (recent.full()) {
      recent.poll();
    }
    recent.add(value);
    changed.add(value);
    if (recovery < RECOVERY) {
      return false;
    }
    settle();
    return true;
  }

  @Override
  boolean adopt() {
    if (changed.size() < warmUp) {
      return false;
    }
    baseline.clear();
    changed.copyTo(baseline);
    settle();
    return true;
  }

  private void settle() {
    Arrays.fill(up, 0);
    Arrays.fill(down, 0);
    length = 0;
    sumOfScores = 0;
    recent.clear();
    changed = baseline;
  }

  @Override
  double evidence() {
    double most = 0;
    for (int i = 0; i < SHIFTS.length; i++) {
      most = Math.max(most, Math.max(up[i], down[i]));
    }
    return most;
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
    return recent.median(length);
  }

  @Override
  int learned() {
    return baseline.size();
  }
}
