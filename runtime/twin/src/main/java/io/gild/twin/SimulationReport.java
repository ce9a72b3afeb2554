package io.gild.twin;

import io.gild.config.Experimental;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What other policies, or another model, would have changed. The same twin, recording and settings
 * give the same report.
 *
 * @param agent name of the agent
 * @param before with the policies of the twin
 * @param after with the other policies
 * @param notes what the recording does not contain
 */
@Experimental
public record SimulationReport(
    String agent, SimulationSide before, SimulationSide after, List<String> notes) {

  private static final int SHOWN = 60;
  private static final int MOST_CHANGES = 20;

  /** Copies the list. */
  public SimulationReport {
    notes = List.copyOf(notes);
  }

  /**
   * A call whose caller gets something else.
   *
   * @param before with the policies of the twin
   * @param after with the other policies
   */
  public record Change(SimulatedCall before, SimulatedCall after) {}

  /**
   * Returns the calls whose answer differs.
   *
   * @return the calls in order
   */
  public List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < before.calls().size(); i++) {
      SimulatedCall one = before.calls().get(i);
      SimulatedCall other = after.calls().get(i);
      if (other.differsFrom(one)) {
        changes.add(new Change(one, other));
      }
    }
    return changes;
  }

  /**
   * Returns the report for people.
   *
   * @return lines without a line break at the end of the last one
   */
  public List<String> text() {
    List<String> lines = new ArrayList<>();
    List<Change> changes = changes();
    lines.add("%s: %d recorded calls".formatted(agent, before.calls().size()));
    lines.add("  answers that differ  " + changes.size());
    for (SimulatedCall.Outcome outcome : SimulatedCall.Outcome.values()) {
      line(
          lines,
          outcome.name().toLowerCase(Locale.ROOT),
          String.valueOf(before.count(outcome)),
          String.valueOf(after.count(outcome)));
    }
    line(lines, "cost", usd(before.costUsd()), usd(after.costUsd()));
    line(lines, "latency p50", millis(before.medianMillis()), millis(after.medianMillis()));
    line(lines, "latency p95", millis(before.p95Millis()), millis(after.p95Millis()));
    TreeSet<String> counted = new TreeSet<>(before.counts().keySet());
    counted.addAll(after.counts().keySet());
    for (String each : counted) {
      line(
          lines,
          each,
          String.valueOf(before.counts().getOrDefault(each, 0L)),
          String.valueOf(after.counts().getOrDefault(each, 0L)));
    }
    changes.stream().limit(MOST_CHANGES).forEach(change -> lines.add(text(change)));
    if (changes.size() > MOST_CHANGES) {
      lines.add("  … and %d more".formatted(changes.size() - MOST_CHANGES));
    }
    TreeSet<String> unpriced = new TreeSet<>(before.unpriced());
    unpriced.addAll(after.unpriced());
    unpriced.forEach(model ->
        lines.add("No price is known for model %s; set prices.%s.".formatted(model, model)));
    lines.addAll(notes);
    return lines;
  }

  private static void line(List<String> lines, String what, String one, String other) {
    lines.add("  %-20s %s%s".formatted(what, one, one.equals(other) ? "" : " -> " + other));
  }

  private static String text(Change change) {
    return "  call %d: %s %s -> %s %s"
        .formatted(
            change.before().number(),
            change.before().outcome().name().toLowerCase(Locale.ROOT),
            shown(change.before().answer()),
            change.after().outcome().name().toLowerCase(Locale.ROOT),
            shown(change.after().answer()));
  }

  private static String shown(String text) {
    return TwinText.shortened(text, SHOWN);
  }

  private static String usd(BigDecimal amount) {
    return "$" + amount.stripTrailingZeros().toPlainString();
  }

  private static String millis(@Nullable Double value) {
    return value == null ? "unknown" : String.format(Locale.ROOT, "%.0f ms", value);
  }

  /**
   * Returns the report for programs.
   *
   * @return maps, lists, texts and numbers
   */
  public Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("agent", agent);
    json.put("calls", (long) before.calls().size());
    json.put("before", before.json());
    json.put("after", after.json());
    List<Map<String, Object>> changed = new ArrayList<>();
    for (Change change : changes()) {
      changed.add(
          Map.of(
              "call", (long) change.before().number(),
              "before", side(change.before()),
              "after", side(change.after())));
    }
    json.put("changes", changed);
    json.put("notes", notes);
    return json;
  }

  private static Map<String, Object> side(SimulatedCall call) {
    Map<String, Object> side = new LinkedHashMap<>();
    side.put("outcome", call.outcome().name().toLowerCase(Locale.ROOT));
    side.put("answer", call.answer());
    return side;
  }
}
