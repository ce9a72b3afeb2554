package io.gild.benchmarks;

import java.util.List;

/**
 * Something of ours beside what it replaces.
 *
 * @param name what is compared
 * @param ours the benchmark of our side, {@code Class.method}
 * @param flags additional flags of our side's JVM
 * @param baselines what it is compared with, at least one
 */
record BenchmarkComparison(String name, String ours, List<String> flags, List<Baseline> baselines) {

  /**
   * One other side.
   *
   * @param name its name in the table
   * @param benchmark its benchmark, {@code Class.method}
   * @param warmup how many times longer than usual it warms up
   * @param flags additional flags of its JVM
   */
  record Baseline(String name, String benchmark, int warmup, List<String> flags) {

    Baseline(String name, String benchmark) {
      this(name, benchmark, 1, List.of());
    }

    /** A framework has far more code to compile before it reaches its best speed. */
    static Baseline framework(String name, String benchmark) {
      return new Baseline(name, benchmark, 5, List.of());
    }
  }

  BenchmarkComparison {
    flags = List.copyOf(flags);
    baselines = List.copyOf(baselines);
  }

  static BenchmarkComparison of(String name, String ours, Baseline... baselines) {
    return new BenchmarkComparison(name, ours, List.of(), List.of(baselines));
  }
}
