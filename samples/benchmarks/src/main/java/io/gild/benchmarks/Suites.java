package io.gild.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What can be measured; a further suite is one more line. */
final class Suites {

  private static final Map<String, List<Comparison>> ALL =
      new TreeMap<>(Map.of("engine", EngineSuite.comparisons()));

  private Suites() {}

  static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /** Returns the comparisons of a suite that were asked for. */
  static List<Comparison> comparisons(String suite, String only) {
    return ALL.getOrDefault(suite, List.of()).stream()
        .filter(comparison -> comparison.name().startsWith(only))
        .toList();
  }
}
