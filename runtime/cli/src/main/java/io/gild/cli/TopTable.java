package io.gild.cli;

import io.gild.config.Printable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The state of consoles as lines of a terminal. */
final class TopTable {

  private static final int MOST_NAME = 32;
  private static final Set<String> ENDED = Set.of("promoted", "rolled back");
  private static final List<String> HEAD =
      List.of(
          "AGENT",
          "JVM",
          "CALLS/S",
          "CALLS",
          "RUNNING",
          "SUCCESS",
          "P50",
          "P95",
          "COST",
          "A DAY",
          "BREAKERS",
          "FLAGS");

  private TopTable() {}

  /**
   * Returns the lines of a state.
   *
   * @param state as the console's interface has it
   * @param width how many characters a line has at most
   * @param height how many lines there are at most
   */
  static List<String> lines(Map<String, ? extends @Nullable Object> state, int width, int height) {
    List<Map<?, ?>> agents = new ArrayList<>(maps(agents(state)));
    agents.sort(
        Comparator.comparing((Map<?, ?> agent) -> decimal(agent.get("callsPerSecond")))
            .thenComparing(agent -> decimal(agent.get("calls")))
            .reversed()
            .thenComparing(agent -> text(agent.get("agent"))));
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    agents.forEach(agent -> rows.add(row(agent)));
    List<String> lines = new ArrayList<>();
    for (Map<?, ?> jvm : maps(state.get("jvms"))) {
      lines.add(jvm(jvm));
    }
    if (lines.isEmpty()) {
      lines.add(
          "No JVM with a console was found: set console.port in gild.yaml, or name its data folder"
              + " with --data.");
    }
    lines.addAll(GapWords.ofCallLogs(state));
    for (Map<?, ?> rollout : maps(state.get("rollouts"))) {
      if (!ENDED.contains(text(rollout.get("state")))) {
        lines.add(rollout(rollout));
      }
    }
    lines.add("");
    if (!agents.isEmpty()) {
      lines.addAll(Columns.of(rows));
    }
    int room = Math.max(1, height);
    if (lines.size() > room) {
      int hidden = lines.size() - room + 1;
      lines = new ArrayList<>(lines.subList(0, room - 1));
      lines.add("... " + NumberText.count(hidden, "more line"));
    }
    return lines.stream().map(line -> cut(line, width)).toList();
  }

  private static @Nullable Object agents(Map<String, ? extends @Nullable Object> state) {
    return state.get("agents") instanceof Map<?, ?> agents ? agents.get("rows") : null;
  }

  static List<Map<?, ?>> maps(@Nullable Object list) {
    List<Map<?, ?>> maps = new ArrayList<>();
    if (list instanceof List<?> all) {
      for (Object each : all) {
        if (each instanceof Map<?, ?> map) {
          maps.add(map);
        }
      }
    }
    return maps;
  }

  private static String jvm(Map<?, ?> jvm) {
    String reachable =
        Boolean.FALSE.equals(jvm.get("reachable")) ? ", cannot be reached: its last state" : "";
    String mode = text(jvm.get("mode"));
    return "%s (%s%s)%s"
        .formatted(
            text(jvm.get("name")),
            text(jvm.get("jvm")),
            mode.isEmpty() ? "" : ", " + mode,
            reachable);
  }

  private static String rollout(Map<?, ?> rollout) {
    String agent = text(rollout.get("agent"));
    Object share = rollout.get("sharePercent");
    return "rollout %s%s is %s%s: %s"
        .formatted(
            text(rollout.get("id")),
            agent.isEmpty() ? "" : " of " + agent,
            text(rollout.get("state")),
            share == null
                ? ""
                : ", version "
                    + text(rollout.get("to"))
                    + " has "
                    + decimal(share).stripTrailingZeros().toPlainString()
                    + " % of the calls",
            text(rollout.get("words")));
  }

  private static List<String> row(Map<?, ?> agent) {
    Map<?, ?> breakers = agent.get("breakers") instanceof Map<?, ?> map ? map : Map.of();
    long open = decimal(breakers.get("open")).longValue();
    long halfOpen = decimal(breakers.get("halfOpen")).longValue();
    long closed = decimal(breakers.get("closed")).longValue();
    boolean priced = !Boolean.FALSE.equals(agent.get("priced"));
    return List.of(
        cut(text(agent.get("agent")), MOST_NAME),
        cut(text(agent.get("jvm")), MOST_NAME),
        decimal(agent.get("callsPerSecond")).toPlainString(),
        NumberText.count(decimal(agent.get("calls")).longValue()),
        NumberText.count(decimal(agent.get("running")).longValue()),
        share(agent.get("successShare")),
        micros(agent.get("p50Micros")),
        micros(agent.get("p95Micros")),
        NumberText.dollars(decimal(agent.get("costUsd"))) + (priced ? "" : "+"),
        agent.get("costPerDayUsd") == null
            ? "-"
            : NumberText.dollars(decimal(agent.get("costPerDayUsd"))),
        open > 0 ? open + " open" : halfOpen > 0 ? halfOpen + " half-open" : breakers(closed),
        flags(decimal(agent.get("flags")).longValue()));
  }

  private static String breakers(long closed) {
    return closed == 0 ? "-" : "closed";
  }

  private static String flags(long flags) {
    return flags == 0 ? "-" : NumberText.count(flags);
  }

  private static String share(@Nullable Object share) {
    return share == null
        ? "-"
        : String.format(Locale.ROOT, "%.1f%%", 100 * decimal(share).doubleValue());
  }

  static String micros(@Nullable Object micros) {
    return micros == null ? "-" : NumberText.millis(decimal(micros).doubleValue() / 1_000);
  }

  static String text(@Nullable Object value) {
    return value == null
        ? ""
        : Printable.of(Objects.toString(value).replaceAll("[\\r\\n\\t]", " "));
  }

  static BigDecimal decimal(@Nullable Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    return value instanceof Number number ? new BigDecimal(number.toString()) : BigDecimal.ZERO;
  }

  private static String cut(String line, int width) {
    if (line.length() <= width) {
      return line;
    }
    int end = Math.max(1, width - 1);
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
