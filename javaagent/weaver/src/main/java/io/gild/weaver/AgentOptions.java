package io.gild.weaver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the {@code =} of {@code -javaagent:gild-javaagent.jar=}.
 *
 * @param values the options by name
 * @param problems one line for each option that cannot be used
 */
record AgentOptions(Map<String, String> values, List<String> problems) {

  private static final Set<String> KNOWN =
      Set.of("config", "mode", "include", "verbose", "data", "enabled");

  AgentOptions {
    values = Map.copyOf(values);
    problems = List.copyOf(problems);
  }

  /**
   * Reads options such as {@code config=gild.yaml,mode=enforce}.
   *
   * @param text the options, or {@code null} for none
   * @return the options; never throws
   */
  static AgentOptions parse(@Nullable String text) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    if (text != null) {
      for (String part : text.split(",", -1)) {
        read(part.trim(), values, problems);
      }
    }
    return new AgentOptions(values, problems);
  }

  private static void read(String part, Map<String, String> values, List<String> problems) {
    if (part.isEmpty()) {
      return;
    }
    int equals = part.indexOf('=');
    String name = equals < 0 ? part : part.substring(0, equals);
    if (!KNOWN.contains(name)) {
      String meant = Names.nearest(name, KNOWN);
      problems.add(
          "unknown option \""
              + name
              + "\"; known are "
              + String.join(", ", KNOWN.stream().sorted().toList())
              + "."
              + (meant == null ? "" : " Did you mean \"" + meant + "\"?"));
    } else if (equals < 0 && !name.equals("verbose")) {
      problems.add("option \"" + name + "\" needs a value: " + name + "=...");
    } else {
      values.put(name, equals < 0 ? "true" : part.substring(equals + 1));
    }
  }

  boolean verbose() {
    return Boolean.parseBoolean(values.get("verbose")) || Boolean.getBoolean("gild.verbose");
  }
}
