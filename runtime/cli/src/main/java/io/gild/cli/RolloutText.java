package io.gild.cli;

import io.gild.judging.Assessment;
import io.gild.operations.RolloutEvent;
import io.gild.operations.RolloutRecord;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rollouts in words. */
final class RolloutText {

  static final List<String> EVENT_HEAD =
      List.of("at", "state", "share", "achieved", "by", "reason");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final double HUNDREDTHS = 100;

  private RolloutText() {}

  static String share(int hundredths) {
    return hundredths < 0
        ? "-"
        : new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT))
                .format(hundredths / HUNDREDTHS)
            + " %";
  }

  private static String state(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String time(Instant at) {
    return TIME.format(at.atZone(ZoneId.systemDefault()));
  }

  static String line(RolloutRecord record) {
    return record.name()
        + ": "
        + state(record.state())
        + ", version "
        + record.canary()
        + " has "
        + share(Math.max(0, record.achieved()))
        + " of the calls, version "
        + record.stable()
        + " the rest. "
        + record.reason();
  }

  static String end(RolloutRecord record) {
    return record.state().isFinal()
        ? line(record)
        : line(record)
            + "\nThe shares stay; \"gild rollout start "
            + record.name()
            + "\" continues.";
  }

  static List<String> row(RolloutEvent event) {
    return List.of(
        time(event.at()),
        state(event.state()),
        share(event.share()),
        share(event.achieved()),
        event.who(),
        event.reason());
  }

  static List<String> event(RolloutEvent event) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s  %s, %s of the calls%s: %s"
            .formatted(
                time(event.at()),
                state(event.state()),
                share(event.achieved()),
                event.note().isEmpty() ? "" : " (" + event.note() + ")",
                event.reason()));
    for (Map<String, ?> verdict : event.verdicts()) {
      lines.add(
          "    "
              + verdict.get("verdict")
              + "  "
              + verdict.get("name")
              + ": "
              + verdict.get("reason"));
    }
    return lines;
  }

  static List<String> verdicts(Assessment assessment) {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("  verdict", "criterion", "why"));
    assessment
        .criteria()
        .forEach(each -> table.add(List.of("  " + each.verdict(), each.name(), each.reason())));
    return Columns.of(table);
  }
}
