package io.gild.console;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes lines of RFC 4180. */
final class Csv {

  private Csv() {}

  static void line(List<? extends @Nullable Object> cells, StringBuilder out) {
    String separator = "";
    for (Object cell : cells) {
      out.append(separator).append(cell(cell));
      separator = ",";
    }
    out.append("\r\n");
  }

  /**
   * Returns a value in quotation marks. A text that a spreadsheet would take for a formula has an
   * apostrophe in front.
   */
  static String cell(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    String text = value.toString();
    String safe = isFormula(text) ? "'" + text : text;
    return "\"" + safe.replace("\"", "\"\"") + "\"";
  }

  private static boolean isFormula(String text) {
    return !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
  }
}
