package io.gild.benchmarks;

import java.util.List;
import java.util.Locale;

/** Shows rows to people. */
final class Table {

  private static final String HEAD =
      String.format("%-34s %19s %7s %19s %7s %8s", "ns/op", "ours", "B", "baseline", "B", "ratio");

  private Table() {}

  static String of(List<Row> rows) {
    StringBuilder table = new StringBuilder(HEAD).append('\n');
    rows.forEach(row -> table.append(line(row)).append('\n'));
    return table.toString();
  }

  private static String line(Row row) {
    return String.format(
        Locale.ROOT,
        "%-34s %10.1f ± %6.1f %7.0f %10.1f ± %6.1f %7.0f %8.3f",
        row.name(),
        row.ours().nanos(),
        row.ours().error(),
        row.ours().bytes(),
        row.baseline().nanos(),
        row.baseline().error(),
        row.baseline().bytes(),
        row.ratio());
  }
}
