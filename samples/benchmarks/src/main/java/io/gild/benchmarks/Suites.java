package io.gild.benchmarks;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All suites; a new suite is one more entry. */
final class Suites {

  private static final Map<String, Suite> ALL =
      new TreeMap<>(
          Map.<String, Suite>ofEntries(
              Map.entry("coordination", CoordinationSuite::run),
              Map.entry("cost", CostSuite::run),
              Map.entry("engine", new EngineSuite()),
              Map.entry("evaluation", EvaluationSuite::run),
              Map.entry("javaagent", new JavaagentSuite()),
              Map.entry("load", LoadSuite::run),
              Map.entry("memory", MemorySuite::run),
              Map.entry("observability", ObservabilitySuite::run),
              Map.entry("operations", OperationsSuite::run),
              Map.entry("processor", ProcessorSuite::run),
              Map.entry("startup", StartupSuite::run)));

  private Suites() {}

  /** The names, for the usage of the command. */
  static final class Names implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return names().iterator();
    }
  }

  static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /** Returns the suite of a name, one of {@link #names()}. */
  static Suite named(String name) {
    Suite suite = ALL.get(name);
    if (suite == null) {
      throw new IllegalArgumentException(
          "No suite is called " + name + ", only " + String.join(", ", names()));
    }
    return suite;
  }
}
