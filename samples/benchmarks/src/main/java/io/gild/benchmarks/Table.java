package io.gild.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Shows rows to people. */
final class Table {

  private static final String COLUMNS = "%-34s %19s %8s %6s %19s %8s %6s %7s %7s%n";

  private Table() {}

  static String of(List<Row> rows) {
    StringBuilder table = new StringBuilder();
    for (Unit unit : Unit.values()) {
      List<Row> those = rows.stream().filter(row -> row.unit() == unit).toList();
      if (!those.isEmpty()) {
        table.append(head(unit));
        those.forEach(row -> table.append(line(row)));
        Stream<String> notes = those.stream().map(Row::measured).distinct();
        notes.filter(note -> !note.isEmpty()).forEach(note -> table.append(note).append('\n'));
      }
    }
    return table.toString();
  }

  private static String head(Unit unit) {
    return String.format(
        COLUMNS, unit.text(), "ours", "cpu", "B", "baseline", "cpu", "B", "ratio", "cpu");
  }

  private static String line(Row row) {
    Score ours = row.ours();
    Score baseline = row.baseline();
    return String.format(
        COLUMNS,
        row.name(),
        time(ours, row.unit()),
        number("%.1f", row.unit().of(ours.cpu())),
        number("%.0f", ours.bytes()),
        time(baseline, row.unit()),
        number("%.1f", row.unit().of(baseline.cpu())),
        number("%.0f", baseline.bytes()),
        number("%.3f", row.ratio()),
        number("%.3f", row.cpuRatio()));
  }

  private static String time(Score score, Unit unit) {
    return number("%.1f", unit.of(score.nanos())) + " ± " + number("%.1f", unit.of(score.error()));
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }
}
