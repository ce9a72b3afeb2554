package io.gild.benchmarks;

/**
 * How much is measured.
 *
 * @param rounds fresh JVMs per side
 * @param warmups iterations that do not count
 * @param iterations iterations that count
 * @param millis length of an iteration
 */
record Effort(int rounds, int warmups, int iterations, int millis) {

  static final Effort USUAL = new Effort(3, 6, 4, 500);

  /** Enough to check that everything runs; its figures are not meaningful. */
  static final Effort QUICK = new Effort(1, 4, 2, 250);

  Effort warmedUp(int times) {
    return new Effort(rounds, warmups * times, iterations, millis);
  }

  Effort withRounds(int number) {
    return new Effort(number, warmups, iterations, millis);
  }
}
