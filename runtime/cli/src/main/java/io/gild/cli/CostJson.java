package io.gild.cli;

import io.gild.config.Json;
import io.gild.config.TokenKind;
import io.gild.config.Usage;
import io.gild.ledger.CostForecast;
import io.gild.ledger.LedgerReport;
import io.gild.ledger.LedgerSums;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes a report of costs as JSON; amounts are exact decimals. */
final class CostJson {

  private CostJson() {}

  static String of(CostFigures figures) {
    Map<String, @Nullable Object> report = new LinkedHashMap<>();
    report.put("from", figures.from().toString());
    report.put("to", figures.to().toString());
    report.put("zone", figures.zone().getId());
    report.put("total", sums(figures.total()));
    report.put("rows", figures.rows().stream().map(row -> row(figures, row)).toList());
    report.put("trend", figures.steps().stream().map(row -> step(figures, row)).toList());
    report.put("unpricedModels", figures.unpriced());
    report.put("forecast", forecast(figures));
    report.put("problems", figures.problems());
    return Json.pretty(report);
  }

  private static Map<String, Object> row(CostFigures figures, LedgerReport.Row row) {
    Map<String, Object> fields = new LinkedHashMap<>();
    figures.dimensions().forEach(dimension -> fields.put(dimension.key(), row.get(dimension)));
    if (figures.byAttempt()) {
      fields.put("attempt", row.attempt());
    }
    fields.putAll(sums(row.sums()));
    return fields;
  }

  private static Map<String, Object> step(CostFigures figures, LedgerReport.Row row) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("period", CostText.period(row.period(), figures.step()));
    fields.putAll(sums(row.sums()));
    return fields;
  }

  private static Map<String, Object> sums(LedgerSums sums) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("requests", sums.requests());
    fields.put("usd", plain(sums.usd()));
    fields.put("tokens", tokens(sums.usage()));
    fields.put("unpricedRequests", sums.unpriced());
    fields.put("wastedRequests", sums.wasted());
    fields.put("wastedUsd", plain(sums.wastedUsd()));
    fields.put("shadowUsd", plain(sums.shadowUsd()));
    fields.put("savedUsd", plain(sums.savedUsd()));
    List<Map<String, Object>> savings = new ArrayList<>();
    new TreeMap<>(sums.savings()).forEach((source, saved) -> savings.add(saving(source, saved)));
    fields.put("savings", savings);
    fields.put("lostRequests", sums.lost());
    return fields;
  }

  private static Map<String, Object> saving(String source, LedgerSums.Saved saved) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("source", source);
    fields.put("answers", saved.requests());
    fields.put("insteadUsd", plain(saved.insteadUsd()));
    fields.put("savedUsd", plain(saved.usd()));
    return fields;
  }

  private static Map<String, Object> tokens(Usage usage) {
    Map<String, Object> tokens = new LinkedHashMap<>();
    for (TokenKind kind : TokenKind.values()) {
      tokens.put(kind.field(), usage.get(kind));
    }
    return tokens;
  }

  private static BigDecimal plain(BigDecimal usd) {
    return new BigDecimal(CostCsv.exact(usd));
  }

  private static @Nullable Map<String, Object> forecast(CostFigures figures) {
    CostForecast forecast = figures.forecast();
    if (forecast == null) {
      return null;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("spentUsd", forecast.spent());
    fields.put("expectedUsd", forecast.expected());
    fields.put("lowUsd", forecast.low());
    fields.put("highUsd", forecast.high());
    fields.put("probability", new BigDecimal("0.9"));
    fields.put("days", forecast.days());
    fields.put("byWeekday", forecast.byWeekday());
    return fields;
  }
}
