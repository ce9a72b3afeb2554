package io.gild.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was asked on the command line.
 *
 * @param suites what to measure, at least one
 * @param effort how much is measured
 * @param only the comparisons whose name begins so; empty means all
 * @param json file for the figures, or {@code null} for none
 */
record BenchmarkOptions(List<String> suites, Effort effort, String only, @Nullable Path json) {

  static final String USAGE =
      "usage: bench ["
          + String.join("|", Suites.names())
          + "] [--quick] [--rounds N] [--only NAME] [--json FILE]";

  static BenchmarkOptions parse(String[] args) {
    Set<String> suites = new LinkedHashSet<>();
    Effort effort = Effort.USUAL;
    String only = "";
    Path json = null;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--quick" -> effort = Effort.QUICK;
        case "--rounds" -> effort = effort.withRounds(rounds(value(args, ++i)));
        case "--only" -> only = value(args, ++i);
        case "--json" -> json = Path.of(value(args, ++i));
        default -> suites.add(suite(args[i]));
      }
    }
    return new BenchmarkOptions(
        suites.isEmpty() ? Suites.names() : new ArrayList<>(suites), effort, only, json);
  }

  private static String suite(String name) {
    if (!Suites.names().contains(name)) {
      throw new IllegalArgumentException("Unknown option or suite " + name + "\n" + USAGE);
    }
    return name;
  }

  private static int rounds(String value) {
    if (!value.matches("[1-9]\\d?")) {
      throw new IllegalArgumentException(
          "--rounds needs a number from 1 to 99, not \"" + value + "\"\n" + USAGE);
    }
    return Integer.parseInt(value);
  }

  private static String value(String[] args, int index) {
    if (index >= args.length) {
      throw new IllegalArgumentException(args[index - 1] + " needs a value\n" + USAGE);
    }
    return args[index];
  }
}
