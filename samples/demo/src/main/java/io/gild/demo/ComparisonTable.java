package io.gild.demo;

import java.util.ArrayList;
import java.util.List;

/** The comparison as text for a terminal. */
final class ComparisonTable {

  private static final int WIDEST_BEFORE = 30;

  private ComparisonTable() {}

  static String of(BeforeAndAfter comparison) {
    List<Rows.Row> rows = Rows.of(comparison);
    int name = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
    int before = rows.stream().mapToInt(row -> row.before().length()).max().orElse(0);
    String line = "  %-" + name + "s   %-" + Math.min(before, WIDEST_BEFORE) + "s   %s%n";
    StringBuilder table = new StringBuilder();
    table.append(Rows.text(line, "", "before", "after"));
    table.append("  ").append("─".repeat(name + before + 24)).append(System.lineSeparator());
    rows.forEach(row -> table.append(Rows.text(line, row.name(), row.before(), row.after())));
    footnotes(comparison).forEach(note -> table.append(Rows.text("  %s%n", note)));
    return table.toString();
  }

  private static List<String> footnotes(BeforeAndAfter comparison) {
    List<String> notes = new ArrayList<>();
    notes.add("");
    Runner.ScoredRun after = comparison.after();
    if (after == null) {
      notes.add("There is no after run to compare with.");
      return notes;
    }
    notes.add(Rows.attempts(after.figures()));
    notes.add(Rows.ledger(after.figures()));
    notes.add(
        Rows.text(
            "cache hits beside what repeats in theory: %s exactly, %s normalised",
            Rows.percent(comparison.setting().exactRepeats()),
            Rows.percent(comparison.setting().normalisedRepeats())));
    String metrics = after.figures().gild().metrics();
    notes.add("metrics: " + (metrics == null ? Rows.NOT_REPORTED : metrics));
    return notes;
  }
}
