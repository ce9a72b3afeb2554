package io.gild.cli;

import io.gild.core.CostDimension;
import io.gild.ledger.CostForecast;
import io.gild.ledger.LedgerPeriod;
import io.gild.ledger.LedgerReport;
import io.gild.ledger.LedgerSums;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a report of costs.
 *
 * @param from the first moment
 * @param to the moment after the last one
 * @param zone the time zone of all times
 * @param dimensions what spenders are grouped by
 * @param byAttempt whether they are grouped by the number of the attempt, too
 * @param top how many spenders are shown
 * @param spenders sums by these, the most expensive first
 * @param step the step of the trend
 * @param trend sums by time
 * @param models sums by model
 * @param forecast what the present month will cost; {@code null} if there are too few days
 * @param wholeDays how many whole days the forecast could rest on
 */
record CostFigures(
    LocalDateTime from,
    LocalDateTime to,
    ZoneId zone,
    List<CostDimension> dimensions,
    boolean byAttempt,
    int top,
    LedgerReport spenders,
    LedgerPeriod step,
    LedgerReport trend,
    LedgerReport models,
    @Nullable CostForecast forecast,
    int wholeDays) {

  private static final int FEWEST_DIGITS = 2;
  private static final int MOST_STEPS = 1_000;

  LedgerSums total() {
    return trend.total();
  }

  /** Returns the trend with a row for each step, also for those without requests. */
  List<LedgerReport.Row> steps() {
    List<LedgerReport.Row> steps = new ArrayList<>();
    for (LedgerReport.Row row : trend.rows()) {
      LocalDateTime present = row.period();
      LocalDateTime next = steps.isEmpty() ? present : after(steps.get(steps.size() - 1).period());
      while (next != null
          && present != null
          && next.isBefore(present)
          && steps.size() < MOST_STEPS) {
        steps.add(new LedgerReport.Row(Map.of(), -1, next, LedgerSums.NONE));
        next = after(next);
      }
      steps.add(row);
    }
    return steps;
  }

  private @Nullable LocalDateTime after(@Nullable LocalDateTime period) {
    if (period == null) {
      return null;
    }
    return switch (step) {
      case HOUR -> period.plusHours(1);
      case DAY -> period.plusDays(1);
      case MONTH -> period.plusMonths(1);
    };
  }

  List<String> problems() {
    return spenders.problems();
  }

  /** Returns the rows of requests; lost requests have no spender. */
  List<LedgerReport.Row> rows() {
    return spenders.rows().stream()
        .filter(row -> row.sums().requests() > 0 || !row.sums().savings().isEmpty())
        .toList();
  }

  List<LedgerReport.Row> topRows() {
    List<LedgerReport.Row> rows = rows();
    return rows.subList(0, Math.min(top, rows.size()));
  }

  /** Returns the sum of the rows that are not shown. */
  LedgerSums others() {
    LedgerSums others = LedgerSums.NONE;
    List<LedgerReport.Row> rows = rows();
    for (LedgerReport.Row row : rows.subList(Math.min(top, rows.size()), rows.size())) {
      others = others.plus(row.sums());
    }
    return others;
  }

  /** Returns how many requests each model without a price had. */
  Map<String, Long> unpriced() {
    Map<String, Long> unpriced = new LinkedHashMap<>();
    for (LedgerReport.Row row : models.rows()) {
      if (row.sums().unpriced() > 0) {
        unpriced.put(row.get(CostDimension.MODEL), row.sums().unpriced());
      }
    }
    return unpriced;
  }

  List<String> heads() {
    List<String> heads = new ArrayList<>();
    dimensions.forEach(dimension -> heads.add(dimension.key()));
    if (byAttempt) {
      heads.add("attempt");
    }
    return heads;
  }

  List<String> names(LedgerReport.Row row) {
    List<String> names = new ArrayList<>();
    dimensions.forEach(dimension -> names.add(row.get(dimension)));
    if (byAttempt) {
      names.add(row.attempt() == 0 ? "given up" : String.valueOf(row.attempt()));
    }
    return names;
  }

  /** Writes dollars: in cents from one dollar on, else with three digits. */
  static String dollars(BigDecimal usd) {
    boolean inCents = usd.signum() == 0 || usd.abs().compareTo(BigDecimal.ONE) >= 0;
    BigDecimal rounded =
        inCents
            ? usd.setScale(FEWEST_DIGITS, RoundingMode.HALF_UP)
            : usd.round(new MathContext(3, RoundingMode.HALF_UP)).stripTrailingZeros();
    BigDecimal shown = rounded.scale() < FEWEST_DIGITS ? rounded.setScale(FEWEST_DIGITS) : rounded;
    return (shown.signum() < 0 ? "-$" : "$") + shown.abs().toPlainString();
  }
}
