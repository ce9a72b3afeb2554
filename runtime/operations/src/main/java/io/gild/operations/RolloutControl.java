package io.gild.operations;

import io.gild.core.spi.Control;
import io.gild.judging.CanaryVerdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A rollout as consoles show it. */
final class RolloutControl {

  static final String PROBLEM = "problem";

  private static final String KIND = "rollout";

  private static final double HUNDREDTHS = 100;
  private static final List<CanaryVerdict> WORST_FIRST =
      List.of(
          CanaryVerdict.FAIL, CanaryVerdict.NODATA, CanaryVerdict.INCONCLUSIVE, CanaryVerdict.PASS);

  private RolloutControl() {}

  static Control of(RolloutRecord record, String agent) {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("from", record.stable());
    facts.put("to", record.canary());
    facts.put("sharePercent", record.share() / HUNDREDTHS);
    String verdict = verdict(record);
    if (!verdict.isEmpty()) {
      facts.put("verdict", verdict);
    }
    if (!record.problem().isEmpty()) {
      facts.put(PROBLEM, record.problem());
    }
    String words = record.problem().isEmpty() ? record.reason() : record.problem();
    String state = record.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return new Control(KIND, record.name(), agent, "", state, words, facts, List.of());
  }

  /** Returns what the calls said when a decision was last made from them; may be empty. */
  private static String verdict(RolloutRecord record) {
    for (int i = record.events().size() - 1; i >= 0; i--) {
      Set<String> verdicts = new TreeSet<>();
      record
          .events()
          .get(i)
          .verdicts()
          .forEach(each -> verdicts.add(RolloutLines.text(each, "verdict")));
      for (CanaryVerdict worst : WORST_FIRST) {
        if (verdicts.contains(worst.name())) {
          return worst.name();
        }
      }
    }
    return "";
  }

  static Control unreadable(String name, RuntimeException broken) {
    String words = String.valueOf(broken.getMessage());
    return new Control(KIND, name, "", "", "unreadable", words, Map.of(), List.of());
  }

  /** Returns a rollout that is under way and that no process controls. */
  static Control withoutController(Control control) {
    String words =
        "no process controls it now; it goes on with \"gild rollout start "
            + control.name()
            + "\", or with its application";
    return new Control(
        control.kind(),
        control.name(),
        control.agent(),
        control.method(),
        control.state(),
        words,
        control.facts(),
        control.actions());
  }

  static IllegalArgumentException refused() {
    return new IllegalArgumentException("a rollout is operated with gild rollout");
  }

  /** Returns the agent that a rollout is about, or an empty text if the settings name none. */
  static String agent(RolloutSettings settings) {
    if (settings.agent() != null) {
      return settings.agent();
    }
    return settings.traffic().get("calls") instanceof Map<?, ?> calls
        ? RolloutLines.text(calls, "agent")
        : "";
  }
}
