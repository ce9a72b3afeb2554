package io.gild.anomalies;

import java.util.Arrays;

/**
 * Finds rises of a share, such as that of failed calls.
 *
 * <p>The usual share <i>p</i> is estimated from all earlier values, the older the less they count.
 * For each share <i>q</i> of a few, the likelihood ratio of <i>q</i> against <i>p</i> is summed as
 * Page's CUSUM does, with the same threshold as for {@link LevelDetector levels}. Not thread-safe.
 */
final class ShareDetector extends Detector {

  private static final double[] ALTERNATIVES = {0.1, 0.35, 0.8};

  private static final double OVERSHOOT = 25;

  /** After so many values, the older half counts half. */
  private static final int MEMORY = 4_000;

  /** A rise by less is not reported. */
  private static final double RELEVANT = 0.03;

  /** Fewer events are not reported. */
  private static final int FEWEST = 3;

  private static final double LOWEST = 0.002;
  private static final double HIGHEST = 0.95;

  private final double[] evidence = new double[ALTERNATIVES.length];
  private final int warmUp;
  private double usualValues;
  private double usualEvents;
  private int length;
  private int events;
  private double raised;

  ShareDetector(int warmUp) {
    this.warmUp = warmUp;
  }

  @Override
  double overshoot() {
    return OVERSHOOT;
  }

  @Override
  boolean isUnusual(float value, double threshold) {
    boolean event = value != 0;
    if (usualValues < warmUp) {
      learn(value);
      return false;
    }
    double usual = cautious();
    for (int i = 0; i < ALTERNATIVES.length; i++) {
      double q = usual + (1 - usual) * ALTERNATIVES[i];
      evidence[i] = Math.max(0, evidence[i] + ratio(event, q, usual));
    }
    if (evidence() == 0) {
      length = 0;
      events = 0;
    } else {
      length++;
      events += event ? 1 : 0;
    }
    learnLater(value, threshold);
    if (evidence() < threshold || events < FEWEST || found() - usual() < RELEVANT) {
      return false;
    }
    raised = Math.min(HIGHEST, found());
    return true;
  }

  @Override
  void learn(float value) {
    usualValues++;
    usualEvents += value != 0 ? 1 : 0;
    if (usualValues >= MEMORY) {
      usualValues /= 2;
      usualEvents /= 2;
    }
  }

  /** Returns the logarithm of the likelihood ratio of a share against another one. */
  private static double ratio(boolean event, double q, double p) {
    return event ? Math.log(q / p) : Math.log((1 - q) / (1 - p));
  }

  /** Returns the usual share, a little above its estimate, since few events say little. */
  private double cautious() {
    double estimate = (usualEvents + 1 + Math.sqrt(usualEvents)) / (usualValues + 2);
    return Math.min(HIGHEST, Math.max(LOWEST, estimate));
  }

  @Override
  double whileFlagged(float value) {
    length++;
    events += value != 0 ? 1 : 0;
    return ratio(value != 0, raised, cautious());
  }

  @Override
  boolean adopt() {
    if (length < warmUp) {
      return false;
    }
    usualValues = length;
    usualEvents = events;
    return true;
  }

  @Override
  void settle() {
    Arrays.fill(evidence, 0);
    length = 0;
    events = 0;
  }

  @Override
  double evidence() {
    return largest(evidence);
  }

  @Override
  int length() {
    return length;
  }

  @Override
  double usual() {
    return usualValues == 0 ? 0 : usualEvents / usualValues;
  }

  @Override
  double found() {
    return length == 0 ? 0 : (double) events / length;
  }

  @Override
  int learned() {
    return (int) usualValues;
  }
}
