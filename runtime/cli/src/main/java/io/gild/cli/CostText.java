package io.gild.cli;

import io.gild.config.Printable;
import io.gild.config.TokenKind;
import io.gild.ledger.CostForecast;
import io.gild.ledger.LedgerPeriod;
import io.gild.ledger.LedgerReport;
import io.gild.ledger.LedgerSums;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a report of costs for people. */
final class CostText {

  private static final int BAR = 30;
  private static final int LONGEST_NAME = 60;
  private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  private final CostFigures figures;
  private final LedgerSums total;
  private final List<String> lines = new ArrayList<>();

  private CostText(CostFigures figures) {
    this.figures = figures;
    this.total = figures.total();
  }

  static List<String> of(CostFigures figures) {
    CostText table = new CostText(figures);
    table.head();
    if (table.total.requests() > 0 || !table.total.savings().isEmpty()) {
      table.spenders();
      table.trend();
      table.waste();
      table.savings();
    }
    table.gaps();
    table.forecast();
    return table.lines;
  }

  private void head() {
    lines.add(
        "%s to %s (%s): %s in %s, %s tokens in, %s tokens out"
            .formatted(
                MINUTES.format(figures.from()),
                MINUTES.format(figures.to()),
                figures.zone(),
                CostFigures.dollars(total.usd()),
                NumberText.count(total.requests(), "request"),
                NumberText.count(total.usage().get(TokenKind.INPUT)),
                NumberText.count(total.usage().get(TokenKind.OUTPUT))));
  }

  private void spenders() {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(figures.heads());
    head.addAll(List.of("requests", "tokens in", "tokens out", "cost", "share", "wasted"));
    rows.add(head);
    for (LedgerReport.Row row : figures.topRows()) {
      List<String> cells = new ArrayList<>();
      figures.names(row).forEach(name -> cells.add(shown(name)));
      addNumbers(cells, row.sums());
      rows.add(cells);
    }
    int hidden = figures.rows().size() - figures.topRows().size();
    if (hidden > 0) {
      List<String> cells = new ArrayList<>();
      figures.heads().forEach(absent -> cells.add(cells.isEmpty() ? hidden + " more" : ""));
      addNumbers(cells, figures.others());
      rows.add(cells);
    }
    lines.add("");
    lines.addAll(Columns.of(rows));
  }

  static String shown(String name) {
    String printable = Printable.of(name).replaceAll("\\s", " ");
    return printable.isEmpty()
        ? "(unknown)"
        : printable.length() > LONGEST_NAME
            ? printable.substring(0, LONGEST_NAME - 1) + "…"
            : printable;
  }

  private void addNumbers(List<String> cells, LedgerSums sums) {
    cells.add(NumberText.count(sums.requests()));
    cells.add(NumberText.count(sums.usage().get(TokenKind.INPUT)));
    cells.add(NumberText.count(sums.usage().get(TokenKind.OUTPUT)));
    cells.add(CostFigures.dollars(sums.usd()));
    cells.add(percent(sums.usd(), total.usd()));
    cells.add(CostFigures.dollars(sums.wastedUsd()));
  }

  private static String percent(BigDecimal part, BigDecimal whole) {
    return whole.signum() == 0
        ? "-"
        : String.format(Locale.ROOT, "%.1f %%", 100 * share(part, whole));
  }

  private static double share(BigDecimal part, BigDecimal whole) {
    return part.divide(whole, MathContext.DECIMAL64).doubleValue();
  }

  private void trend() {
    BigDecimal most = BigDecimal.ZERO;
    for (LedgerReport.Row row : figures.steps()) {
      most = most.max(row.sums().usd());
    }
    if (most.signum() == 0) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (LedgerReport.Row row : figures.steps()) {
      int length = (int) Math.round(BAR * share(row.sums().usd(), most));
      rows.add(
          List.of(
              period(row.period(), figures.step()),
              CostFigures.dollars(row.sums().usd()),
              "#".repeat(length)));
    }
    lines.add("");
    lines.addAll(Columns.of(rows));
  }

  static String period(@Nullable LocalDateTime period, LedgerPeriod step) {
    String text = MINUTES.format(period == null ? LocalDateTime.MIN : period);
    return switch (step) {
      case HOUR -> text;
      case DAY -> text.substring(0, 10);
      case MONTH -> text.substring(0, 7);
    };
  }

  private void waste() {
    lines.add("");
    lines.add(
        total.wasted() == 0
            ? "Wasted on failed attempts: nothing."
            : "Wasted on failed attempts: %s in %s (%s of the cost)."
                .formatted(
                    CostFigures.dollars(total.wastedUsd()),
                    NumberText.count(total.wasted(), "request"),
                    percent(total.wastedUsd(), total.usd())));
    if (total.shadowUsd().signum() > 0) {
      lines.add(
          "Spent on answers that were only compared: "
              + CostFigures.dollars(total.shadowUsd())
              + ".");
    }
  }

  private void savings() {
    if (total.savings().isEmpty()) {
      return;
    }
    lines.add(
        "Saved: "
            + CostFigures.dollars(total.savedUsd())
            + ". Cached and shared answers count with what they cost when they were made; routed ones"
            + " with their tokens at the price of the requested model or last tier, minus what was paid.");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("source", "answers", "instead", "saved"));
    total.savings().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(each ->
            rows.add(
                List.of(
                    shown(each.getKey()),
                    NumberText.count(each.getValue().requests()),
                    CostFigures.dollars(each.getValue().insteadUsd()),
                    CostFigures.dollars(each.getValue().usd()))));
    lines.addAll(Columns.of(rows));
  }

  private void gaps() {
    figures
        .unpriced()
        .forEach((model, requests) ->
            lines.add(
                "No price is known for %s (%s): its cost is not in these sums. Set prices.%s."
                    .formatted(shown(model), NumberText.count(requests, "request"), shown(model))));
    if (total.lost() > 0) {
      lines.add(
          NumberText.count(total.lost(), "request")
              + " could not be written to the ledger: the cost is not in these sums.");
    }
  }

  private void forecast() {
    CostForecast forecast = figures.forecast();
    lines.add("");
    if (forecast == null) {
      lines.add(
          "No forecast: it needs %d whole days, and there are %d."
              .formatted(CostForecast.FEWEST_DAYS, figures.wholeDays()));
      return;
    }
    lines.add(
        "Forecast for %s: $%s, with a probability of 90 %% between $%s and $%s; $%s are spent. By the"
                .formatted(
                    LocalDateTime.now(figures.zone())
                        .getMonth()
                        .getDisplayName(TextStyle.FULL, Locale.ENGLISH),
                    forecast.expected().toPlainString(),
                    forecast.low().toPlainString(),
                    forecast.high().toPlainString(),
                    forecast.spent().toPlainString())
            + (forecast.byWeekday() ? " weekdays of %d days." : " mean of %d days.")
                .formatted(forecast.days()));
  }
}
