package io.gild.cli;

import io.gild.config.TokenKind;
import io.gild.ledger.LedgerReport;
import io.gild.ledger.LedgerSums;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes all rows of a report of costs as CSV (RFC 4180) with exact decimals. A text that a
 * spreadsheet would take for a formula has an apostrophe in front.
 */
final class CostCsv {

  private static final String FORMULAS = "=+-@\t\r";

  private CostCsv() {}

  static List<String> of(CostFigures figures) {
    List<String> lines = new ArrayList<>();
    List<String> head = new ArrayList<>(figures.heads());
    head.addAll(
        List.of(
            "requests",
            "input_tokens",
            "output_tokens",
            "usd",
            "unpriced_requests",
            "wasted_requests",
            "wasted_usd",
            "shadow_usd",
            "saved_usd"));
    lines.add(String.join(",", head));
    for (LedgerReport.Row row : figures.rows()) {
      List<String> cells = new ArrayList<>();
      figures.names(row).forEach(name -> cells.add(text(name)));
      addNumbers(cells, row.sums());
      lines.add(String.join(",", cells));
    }
    return lines;
  }

  private static void addNumbers(List<String> cells, LedgerSums sums) {
    cells.add(String.valueOf(sums.requests()));
    cells.add(String.valueOf(sums.usage().get(TokenKind.INPUT)));
    cells.add(String.valueOf(sums.usage().get(TokenKind.OUTPUT)));
    cells.add(exact(sums.usd()));
    cells.add(String.valueOf(sums.unpriced()));
    cells.add(String.valueOf(sums.wasted()));
    cells.add(exact(sums.wastedUsd()));
    cells.add(exact(sums.shadowUsd()));
    cells.add(exact(sums.savedUsd()));
  }

  static String exact(BigDecimal usd) {
    return usd.signum() == 0 ? "0" : usd.stripTrailingZeros().toPlainString();
  }

  private static String text(String name) {
    String safe = !name.isEmpty() && FORMULAS.indexOf(name.charAt(0)) >= 0 ? "'" + name : name;
    boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
  }
}
