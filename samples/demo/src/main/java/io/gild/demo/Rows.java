package io.gild.demo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The lines of the table before/after, for text and HTML. */
final class Rows {

  static final String NOT_REPORTED = "not reported";

  /** One line: its name, and its value before and after. */
  record Row(String name, String before, String after) {}

  private Rows() {}

  static List<Row> of(BeforeAndAfter comparison) {
    List<Row> rows = new ArrayList<>();
    add(rows, comparison, "answered correctly", f -> counted(f.answeredCorrectly(), f.questions()));
    add(rows, comparison, "answered wrongly", f -> number(f.answeredWrongly()));
    add(rows, comparison, "wrong cached answers", f -> number(f.wrongCached()));
    add(rows, comparison, "failed", f -> number(f.failed()));
    add(rows, comparison, "cost", f -> usd(f.costUsd()));
    add(rows, comparison, "HTTP requests", f -> number(f.httpRequests()));
    add(rows, comparison, "latency p50", f -> millis(f.p50Millis()));
    add(rows, comparison, "latency p95", f -> millis(f.p95Millis()));
    add(rows, comparison, "latency p99", f -> millis(f.p99Millis()));
    addOfGild(rows, comparison, "cache hits", Rows::cacheHits);
    add(rows, comparison, "model mix", f -> mix(f.modelMix()));
    addOfGild(rows, comparison, "retries", f -> number(f.gild().retries()));
    addOfGild(rows, comparison, "breaker events", Rows::breaker);
    add(rows, comparison, "wall time", f -> text("%.1f s", f.seconds()));
    return rows;
  }

  /** Returns the line that compares Gild's count of requests with the provider's. */
  static String attempts(Figures after) {
    Long counted = after.gild().httpAttempts();
    Boolean match = after.attemptsMatch();
    if (match == null) {
      return "HTTP attempts counted by Gild: " + number(counted);
    }
    return text(
        "%s HTTP attempts counted by Gild %s requests in the provider's log (%,d %s %,d)",
        match ? "✔" : "✘", match ? "=" : "≠", counted, match ? "=" : "≠", after.httpRequests());
  }

  /** Returns the line that compares Gild's ledger with the provider's bill. */
  static String ledger(Figures after) {
    Double counted = after.gild().costUsd();
    String line =
        "cost counted by Gild: " + usd(counted == null ? null : BigDecimal.valueOf(counted));
    return after.costUsd() == null ? line : line + ", billed: " + usd(after.costUsd());
  }

  static String text(String pattern, @Nullable Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  static String usd(@Nullable BigDecimal amount) {
    return amount == null ? NOT_REPORTED : text("$%.4f", amount);
  }

  static String millis(double millis) {
    return text(millis < 10 ? "%.1f ms" : "%,.0f ms", millis);
  }

  static String percent(double share) {
    return text("%.1f %%", 100 * share);
  }

  private static void add(
      List<Row> rows, BeforeAndAfter comparison, String name, Function<Figures, String> value) {
    Runner.ScoredRun after = comparison.after();
    rows.add(
        new Row(
            name,
            value.apply(comparison.before().figures()),
            after == null ? "–" : value.apply(after.figures())));
  }

  /** Adds a figure that only Gild reports, which therefore does not exist before. */
  private static void addOfGild(
      List<Row> rows, BeforeAndAfter comparison, String name, Function<Figures, String> value) {
    Runner.ScoredRun after = comparison.after();
    rows.add(new Row(name, "–", after == null ? "–" : value.apply(after.figures())));
  }

  private static String number(@Nullable Number number) {
    return number == null ? NOT_REPORTED : text("%,d", number.longValue());
  }

  private static String counted(int count, int of) {
    return text("%,d  (%.2f %%)", count, 100.0 * count / of);
  }

  private static String cacheHits(Figures figures) {
    Double rate = figures.cacheHitRate();
    return rate == null
        ? NOT_REPORTED
        : number(figures.gild().cacheHits()) + "  (" + percent(rate) + ")";
  }

  private static String breaker(Figures figures) {
    Long opened = figures.gild().breakerOpened();
    return opened == null
        ? NOT_REPORTED
        : number(opened) + " opened, " + number(figures.gild().breakerRefused()) + " refused";
  }

  private static String mix(Map<String, Integer> mix) {
    return mix.isEmpty()
        ? NOT_REPORTED
        : mix.entrySet().stream()
            .map(model -> model.getKey() + " " + text("%,d", model.getValue()))
            .collect(Collectors.joining(", "));
  }
}
