package io.gild.benchmarks;

import java.util.List;
import java.util.Locale;

/** Prints rows as a table. */
final class BenchmarkTable {

  private static final String COLUMNS = "%-42s %19s %8s %6s %19s %8s %6s %7s %7s%n";

  private BenchmarkTable() {}

  static String of(List<Row> rows) {
    StringBuilder table =
        new StringBuilder(
            String.format(COLUMNS, "", "ours", "cpu", "B", "baseline", "cpu", "B", "ratio", "cpu"));
    rows.forEach(row -> table.append(line(row)));
    rows.stream()
        .filter(row -> !row.measured().isEmpty())
        .forEach(row -> table.append(row.name() + ": " + row.measured() + "\n"));
    return table.toString();
  }

  private static String line(Row row) {
    Score ours = row.ours();
    Score baseline = row.baseline();
    return String.format(
        COLUMNS,
        row.name() + " [" + row.unit() + "]",
        time(ours),
        number("%.1f", ours.cpu()),
        number("%.0f", ours.bytes()),
        time(baseline),
        number("%.1f", baseline.cpu()),
        number("%.0f", baseline.bytes()),
        number("%.3f", row.ratio()),
        number("%.3f", row.cpuRatio()));
  }

  private static String time(Score score) {
    return number("%.1f", score.time()) + " ± " + number("%.1f", score.error());
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }
}
