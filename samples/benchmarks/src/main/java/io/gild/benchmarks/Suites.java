package io.gild.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What can be measured; a further suite is one more line. */
final class Suites {

  private static final Map<String, Suite> ALL =
      new TreeMap<>(Map.of("engine", EngineSuite::run, "processor", ProcessorSuite::run));

  private Suites() {}

  static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  static Suite named(String name) {
    return Objects.requireNonNull(ALL.get(name), name);
  }
}
