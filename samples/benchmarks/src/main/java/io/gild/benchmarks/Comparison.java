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
   */
  record Baseline(String name, String benchmark) {}

  Comparison {
    baselines = List.copyOf(baselines);
  }

  static Comparison of(String name, String ours, Baseline... baselines) {
    return new Comparison(name, ours, List.of(baselines));
  }
}
