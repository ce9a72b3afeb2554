package io.gild.judging;

/**
 * Collects calls until both versions have some: with little traffic, most intervals have calls of
 * one version alone. If one version waits long, only its newest calls are kept, so that the calls
 * that are compared are of about the same time; more of them would add hardly any power.
 */
final class CountPool {

  /** More calls of one side per call of the other would add less than 1 % of power. */
  static final int MOST_WAITING = 256;

  private CountBatch stable = new CountBatch(0, 0);
  private CountBatch canary = new CountBatch(0, 0);

  /** Adds the calls of an interval, and returns whether both sides have some. */
  boolean fill(CountBatch moreStable, CountBatch moreCanary) {
    stable = merged(stable, moreStable);
    canary = merged(canary, moreCanary);
    return stable.count() > 0 && canary.count() > 0;
  }

  private static CountBatch merged(CountBatch waiting, CountBatch more) {
    if (more.count() == 0) {
      return waiting;
    }
    return waiting.count() >= MOST_WAITING
        ? more
        : new CountBatch(waiting.count() + more.count(), waiting.hits() + more.hits());
  }

  CountBatch stable() {
    return stable;
  }

  CountBatch canary() {
    return canary;
  }

  void clear() {
    stable = new CountBatch(0, 0);
    canary = stable;
  }

  double[] state() {
    return new double[] {stable.count(), stable.hits(), canary.count(), canary.hits()};
  }

  void restore(double[] state) {
    stable = new CountBatch((long) state[0], (long) state[1]);
    canary = new CountBatch((long) state[2], (long) state[3]);
  }
}
