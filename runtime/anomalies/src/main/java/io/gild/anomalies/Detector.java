package io.gild.anomalies;

import org.jspecify.annotations.Nullable;

/** Finds changes in one signal of one method. Not thread-safe. */
abstract class Detector {

  /** What a value changed. */
  enum Change {
    /** The signal became unusual. */
    RAISED,
    /** The signal is usual again. */
    RECOVERED,
    /** The unusual level has lasted so long that it is the usual one now. */
    ADOPTED
  }

  /**
   * Evidence of ordinary values that ends a flag: odds of a million to 1, as many as its calls in
   * some days.
   */
  static final double RECOVERY = Math.log(1e6);

  private boolean flagged;
  private long flaggedAt;
  private long values;

  /**
   * Returns how much more rarely a statistic exceeds its threshold than the bound has it, because
   * it jumps over the threshold (Siegmund 1985, Sequential Analysis); measured on stationary calls.
   */
  abstract double overshoot();

  /**
   * Takes the next value.
   *
   * @param value the value
   * @param threshold evidence that raises a flag, a natural logarithm
   * @param now nanoseconds of the runtime's clock
   * @param adoptAfterNanos age of a flag at which its level becomes the usual one
   * @return what changed, if anything
   */
  final @Nullable Change accept(float value, double threshold, long now, long adoptAfterNanos) {
    values++;
    if (!flagged) {
      if (!isUnusual(value, threshold)) {
        return null;
      }
      flagged = true;
      flaggedAt = now;
      return Change.RAISED;
    }
    if (isUsualAgain(value)) {
      flagged = false;
      return Change.RECOVERED;
    }
    if (now - flaggedAt >= adoptAfterNanos && adopt()) {
      flagged = false;
      return Change.ADOPTED;
    }
    return null;
  }

  final boolean flagged() {
    return flagged;
  }

  /** Returns how many values were seen. */
  final long values() {
    return values;
  }

  /** Returns the largest evidence at present. */
  abstract double evidence();

  /** Returns how many values the change has lasted. */
  abstract int length();

  /** Returns what is usual: a median, or a share. */
  abstract double usual();

  /** Returns what is found at present: a median, or a share. */
  abstract double found();

  /** Returns how many values the usual one was learned from. */
  abstract int learned();

  abstract boolean isUnusual(float value, double threshold);

  abstract boolean isUsualAgain(float value);

  /** Makes the present level the usual one, if it is known well enough. */
  abstract boolean adopt();
}
