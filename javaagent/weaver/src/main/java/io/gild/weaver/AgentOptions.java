package io.gild.weaver;

import io.gild.config.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The text after the {@code =} of {@code -javaagent:gild-javaagent.jar=}.
 *
 * @param values the options by name
 * @param problems one line for each option that cannot be used
 */
public record AgentOptions(Map<String, String> values, List<String> problems) {

  private static final Set<String> KNOWN =
      Set.of("config", "include", "mode", "record", "replay", "report", "scrub-pii", "verbose");
  private static final Set<String> FLAGS = Set.of("scrub-pii", "verbose");
  private static final Set<String> MODES = Set.of("observe", "enforce", "inventory");

  /** Copies the collections. */
  public AgentOptions {
    values = Map.copyOf(values);
    problems = List.copyOf(problems);
  }

  /**
   * Reads options such as {@code config=gild.yaml,mode=enforce}.
   *
   * @param text the options, or {@code null} for none
   * @return the options; never throws
   */
  public static AgentOptions parse(@Nullable String text) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    if (text != null) {
      for (String part : text.split(",", -1)) {
        read(part.trim(), values, problems);
      }
    }
    if ("inventory".equals(values.get("mode")) != values.containsKey("report")) {
      problems.add("mode=inventory and report=FOLDER go together; calls are only observed.");
    }
    return new AgentOptions(values, problems);
  }

  private static void read(String part, Map<String, String> values, List<String> problems) {
    if (part.isEmpty()) {
      return;
    }
    int equals = part.indexOf('=');
    String name = equals < 0 ? part : part.substring(0, equals);
    String value = equals < 0 ? "" : part.substring(equals + 1);
    if (!KNOWN.contains(name)) {
      problems.add(
          "unknown option \"" + name + "\"; calls are only observed." + choices(name, KNOWN));
    } else if (equals < 0 && FLAGS.contains(name)) {
      values.put(name, "true");
    } else if (value.isEmpty()) {
      problems.add("option \"" + name + "\" needs a value: " + name + "=...");
    } else if (name.equals("mode") && !MODES.contains(value)) {
      problems.add(
          "unknown mode \"" + value + "\"; calls are only observed." + choices(value, MODES));
    } else {
      values.put(name, value);
    }
  }

  private static String choices(String given, Set<String> known) {
    return " Use one of "
        + String.join(", ", known.stream().sorted().toList())
        + "."
        + Suggestions.didYouMean(given, known);
  }

  /** Returns the value of an option; null if it is not given. */
  public @Nullable String get(String name) {
    return values.get(name);
  }

  /** Returns the folder that an inventory is written to; null if no inventory is requested. */
  public @Nullable String inventoryFolder() {
    return "inventory".equals(values.get("mode")) ? values.get("report") : null;
  }

  /** Returns whether each woven class is logged. */
  public boolean verbose() {
    return Boolean.parseBoolean(values.get("verbose")) || Boolean.getBoolean("gild.verbose");
  }
}
