package io.gild.benchmarks;

import java.util.List;

/**
 * Something of ours beside what it replaces.
 *
 * @param name what is compared
 * @param ours the benchmark of our side, {@code Class.method}
 * @param baselines what it is compared with, at least one
 */
record Comparison(String name, String ours, List<Baseline> baselines) {

  /**
   * One other side.
   *
   * @param name how it is called in the table
   * @param benchmark its benchmark, {@code Class.method}
   * @param warmup how many times longer than usual it warms up
   */
  record Baseline(String name, String benchmark, int warmup) {

    Baseline(String name, String benchmark) {
      this(name, benchmark, 1);
    }

    /** A framework has far more code to compile before it is at its best. */
    static Baseline framework(String name, String benchmark) {
      return new Baseline(name, benchmark, 5);
    }
  }

  Comparison {
    baselines = List.copyOf(baselines);
  }

  static Comparison of(String name, String ours, Baseline... baselines) {
    return new Comparison(name, ours, List.of(baselines));
  }
}
