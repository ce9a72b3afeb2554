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
  private static final double RECOVERY = Math.log(1e6);

  /** So many values wait before they are learned from, so that a change does not hide itself. */
  private static final int WAITING = 32;

  /** Share of the threshold from which on values are not learned from. */
  private static final double SUSPICIOUS = 0.5;

  private final Recent recent = new Recent(WAITING);
  private boolean flagged;
  private long flaggedAt;
  private long values;
  private double recovery;

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
      recovery = 0;
      return Change.RAISED;
    }
    recovery = Math.max(0, recovery - whileFlagged(value));
    if (recovery >= RECOVERY) {
      return end(Change.RECOVERED);
    }
    return now - flaggedAt >= adoptAfterNanos && adopt() ? end(Change.ADOPTED) : null;
  }

  private Change end(Change change) {
    flagged = false;
    recent.clear();
    settle();
    return change;
  }

  /**
   * Lets a value wait; the one that has waited longest is learned from, unless it is suspicious.
   */
  final void learnLater(float value, double threshold) {
    if (recent.full()) {
      float oldest = recent.poll();
      if (evidence() < SUSPICIOUS * threshold) {
        learn(oldest);
      }
    }
    recent.add(value);
  }

  /** Returns the values that wait. */
  final Recent recent() {
    return recent;
  }

  /** Returns the largest of some sums, which are zero or more. */
  static double largest(double[] sums) {
    double most = 0;
    for (double sum : sums) {
      most = Math.max(most, sum);
    }
    return most;
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

  /** Takes a value that is usual. */
  abstract void learn(float value);

  /**
   * Takes a value while there is a flag.
   *
   * @return logarithm of the likelihood ratio of the level that raised the flag against the usual
   *     one
   */
  abstract double whileFlagged(float value);

  /** Makes the present level the usual one, if it is known well enough. */
  abstract boolean adopt();

  /** Forgets the evidence, at the end of a flag. */
  abstract void settle();
}
