package io.gild.golden;

import io.gild.config.Origin;
import io.gild.config.Problems;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads comma-separated values as defined by RFC 4180; a semicolon separates if the first line has
 * no comma outside of quotes. Mistakes are collected, never thrown.
 */
final class CsvText {

  /** A cell; one without quotes is stripped. */
  record Cell(String text, Origin origin) {}

  private final String name;
  private final String text;
  private final char separator;
  private final Problems problems;
  private int at;
  private int line = 1;
  private int lineStart;

  private CsvText(String name, String text, Problems problems) {
    this.name = name;
    this.text = text.startsWith("\ufeff") ? text.substring(1) : text;
    this.problems = problems;
    this.separator = separator(this.text);
    if (this.text.startsWith("sep=") && this.text.indexOf(separator) == "sep=".length()) {
      skipFirstLine(); // in which a spreadsheet names the separator
    }
  }

  /** Reads the rows that are not blank; spreadsheets write rows that contain only separators. */
  static List<List<Cell>> read(String name, String text, Problems problems) {
    CsvText reader = new CsvText(name, text, problems);
    List<List<Cell>> rows = new ArrayList<>();
    while (reader.at < reader.text.length()) {
      List<Cell> row = reader.row();
      if (row.stream().anyMatch(cell -> !cell.text().isEmpty())) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static char separator(String text) {
    boolean quoted = false;
    boolean semicolon = false;
    for (int i = 0; i < text.length() && (quoted || text.charAt(i) != '\n'); i++) {
      char c = text.charAt(i);
      quoted ^= c == '"';
      if (c == ',' && !quoted) {
        return ',';
      }
      semicolon |= c == ';' && !quoted;
    }
    return semicolon ? ';' : ',';
  }

  private void skipFirstLine() {
    int end = text.indexOf('\n');
    at = end < 0 ? text.length() : end + 1;
    newLine();
  }

  private List<Cell> row() {
    List<Cell> row = new ArrayList<>();
    do {
      row.add(cell());
    } while (accept(separator));
    accept('\r');
    if (accept('\n')) {
      newLine();
    }
    return row;
  }

  private Cell cell() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    Origin origin = new Origin(name, line, at - lineStart + 1);
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted(origin);
    }
    int start = at;
    while (at < text.length() && !isEnd(text.charAt(at))) {
      at++;
    }
    return new Cell(text.substring(start, at).strip(), origin);
  }

  private Cell quoted(Origin origin) {
    StringBuilder value = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"' && !accept('"')) {
        skipToSeparator(origin);
        return new Cell(value.toString(), origin);
      }
      value.append(c);
      if (c == '\n') {
        newLine();
      }
    }
    problems.add(origin, "", "the quote that opens here is not closed");
    return new Cell(value.toString(), origin);
  }

  private void skipToSeparator(Origin origin) {
    int start = at;
    while (at < text.length() && !isEnd(text.charAt(at))) {
      at++;
    }
    if (!text.substring(start, at).isBlank()) {
      problems.add(
          origin,
          "",
          "a quoted value must end at its closing quote; write \"\" for a quote inside of it");
    }
  }

  private boolean isEnd(char c) {
    return c == separator || c == '\n' || c == '\r';
  }

  private boolean accept(char wanted) {
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void newLine() {
    line++;
    lineStart = at;
  }
}
