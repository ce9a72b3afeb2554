package io.gild.judging;

import java.util.Arrays;

/** Collects values until both versions have some, as {@link CountPool} does for counts. */
final class ValuePool {

  private static final double[] NONE = {};

  private double[] stable = NONE;
  private double[] canary = NONE;

  /** Adds the values of an interval, and returns whether both sides have some. */
  boolean fill(double[] moreStable, double[] moreCanary) {
    stable = merged(stable, moreStable);
    canary = merged(canary, moreCanary);
    if (stable.length > 0 && canary.length > 0) {
      return true;
    }
    stable = newest(stable);
    canary = newest(canary);
    return false;
  }

  private static double[] merged(double[] waiting, double[] more) {
    if (waiting.length == 0 || more.length == 0) {
      return more.length == 0 ? waiting : more;
    }
    double[] all = Arrays.copyOf(waiting, waiting.length + more.length);
    System.arraycopy(more, 0, all, waiting.length, more.length);
    return all;
  }

  private static double[] newest(double[] waiting) {
    return waiting.length <= CountPool.MOST_WAITING
        ? waiting
        : Arrays.copyOfRange(waiting, waiting.length - CountPool.MOST_WAITING, waiting.length);
  }

  double[] stable() {
    return stable;
  }

  double[] canary() {
    return canary;
  }

  void clear() {
    stable = NONE;
    canary = NONE;
  }

  void restore(double[] savedStable, double[] savedCanary) {
    stable = savedStable;
    canary = savedCanary;
  }
}
