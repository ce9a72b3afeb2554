package io.gild.cli;

import java.util.ArrayList;
import java.util.List;

/** Formats rows in columns, each as wide as its widest cell; numbers are aligned right. */
final class Columns {

  private Columns() {}

  /**
   * Formats rows in columns.
   *
   * @param rows rows with the same number of cells
   * @return a line for each row
   */
  static List<String> of(List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        int width = width(rows, i);
        String cell = row.get(i);
        String space = " ".repeat(width - cell.length());
        line.append(i == 0 ? "" : "  ").append(isNumber(rows, i) ? space + cell : cell + space);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static boolean isNumber(List<List<String>> rows, int column) {
    return rows.size() > 1
        && rows.stream().skip(1).allMatch(row -> row.get(column).matches("[$\\d].*|-"));
  }
}
