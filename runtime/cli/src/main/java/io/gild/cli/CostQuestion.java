package io.gild.cli;

import io.gild.config.Durations;
import io.gild.config.Settings;
import io.gild.config.Suggestions;
import io.gild.core.CostDimension;
import io.gild.ledger.CostForecast;
import io.gild.ledger.LedgerIds;
import io.gild.ledger.LedgerPeriod;
import io.gild.ledger.LedgerQuery;
import io.gild.ledger.LedgerReport;
import io.gild.ledger.spi.LedgerSink;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is asked about the ledger. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CostQuestion {

  private static final String ATTEMPT = "attempt";

  @Option(
      names = "--by",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "agent,model",
      description = {
        "what costs are grouped by, in this order: agent, method, version, provider, model, tier,"
            + " tenant, user, session, task, workflow, step, attempt (default: ${DEFAULT-VALUE})"
      })
  private List<String> by;

  @Option(
      names = "--where",
      paramLabel = "NAME=VALUE",
      description =
          "only requests with this value, such as tenant=acme; several of one name are alternatives."
              + " A hashed name, such as that of a user, is hashed first.")
  private List<String> where = List.of();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "the first moment: a date, 2026-01-31T12:00 or 2026-01-31T12:00:00Z")
  private @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "the end: a date, which is included, or a time, which is not (default: now)")
  private @Nullable String until;

  @Option(
      names = "--last",
      paramLabel = "DURATION",
      defaultValue = "30d",
      description = "how long before the end to begin, without --since (default: ${DEFAULT-VALUE})")
  private String last;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "10",
      description = "how many rows to show, the most expensive first (default: ${DEFAULT-VALUE})")
  private int top;

  @Option(
      names = "--trend",
      paramLabel = "STEP",
      defaultValue = "day",
      description = "hour, day or month (default: ${DEFAULT-VALUE})")
  private String trend;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "time zone of days and months (default: ${DEFAULT-VALUE})")
  private String zone;

  CostFigures ask(LedgerSink ledger, Settings settings) throws IOException {
    return ask(ledger, settings, Instant.now());
  }

  CostFigures ask(LedgerSink ledger, Settings settings, Instant now) throws IOException {
    if (top < 1) {
      throw new IllegalArgumentException("--top must be >= 1, but is " + top);
    }
    ZoneId timeZone = zone();
    Instant to = to(timeZone);
    Instant end = to == null ? now : to;
    Instant from = from(timeZone, end);
    LedgerQuery all = filtered(LedgerQuery.all(), settings);
    LedgerQuery period = all.between(from, to);
    Instant horizon = now.minusSeconds((CostForecast.MOST_DAYS + 2) * 86_400L);
    List<LedgerReport> reports =
        ledger.query(
            List.of(
                grouped(period),
                period.every(step(), timeZone),
                period.by(CostDimension.MODEL),
                all.between(horizon, null).every(LedgerPeriod.DAY, timeZone)));
    LocalDateTime wall = LocalDateTime.ofInstant(now, timeZone);
    SortedMap<LocalDate, BigDecimal> daily = daily(reports.get(3));
    return new CostFigures(
        LocalDateTime.ofInstant(from, timeZone),
        LocalDateTime.ofInstant(end, timeZone),
        timeZone,
        dimensions(),
        by.contains(ATTEMPT),
        top,
        reports.get(0),
        step(),
        reports.get(1),
        reports.get(2),
        CostForecast.of(daily, wall).orElse(null),
        CostForecast.wholeDays(daily, wall.toLocalDate()));
  }

  /** Asks for sums by agent and model. */
  LedgerReport byAgentAndModel(LedgerSink ledger, Settings settings) throws IOException {
    ZoneId timeZone = zone();
    Instant to = to(timeZone);
    Instant from = from(timeZone, to == null ? Instant.now() : to);
    LedgerQuery query =
        filtered(LedgerQuery.all(), settings)
            .between(from, to)
            .by(CostDimension.AGENT, CostDimension.MODEL);
    return ledger.query(List.of(query)).get(0);
  }

  private @Nullable Instant to(ZoneId timeZone) {
    return until == null ? null : time(until, timeZone, true, "--until");
  }

  private Instant from(ZoneId timeZone, Instant end) {
    Instant from =
        since == null ? end.minus(Durations.parse(last)) : time(since, timeZone, false, "--since");
    if (from.isAfter(end)) {
      throw new IllegalArgumentException("--since must not be after the end, which is " + end);
    }
    return from;
  }

  private static SortedMap<LocalDate, BigDecimal> daily(LedgerReport byDay) {
    SortedMap<LocalDate, BigDecimal> daily = new TreeMap<>();
    for (LedgerReport.Row row : byDay.rows()) {
      LocalDateTime day = row.period();
      if (day != null && row.sums().requests() > 0) {
        daily.put(day.toLocalDate(), row.sums().usd());
      }
    }
    return daily;
  }

  private LedgerQuery grouped(LedgerQuery query) {
    LedgerQuery grouped = query.by(dimensions().toArray(CostDimension[]::new));
    return by.contains(ATTEMPT) ? grouped.withAttempts() : grouped;
  }

  private List<CostDimension> dimensions() {
    Set<CostDimension> dimensions = new LinkedHashSet<>();
    for (String name : by) {
      if (!name.equals(ATTEMPT)) {
        dimensions.add(dimension(name, true));
      }
    }
    return List.copyOf(dimensions);
  }

  private LedgerQuery filtered(LedgerQuery query, Settings settings) throws IOException {
    LedgerIds ids = LedgerIds.of(settings);
    TreeMap<CostDimension, List<String>> values = new TreeMap<>();
    for (String each : where) {
      int equals = each.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException(
            "--where must be NAME=VALUE, such as tenant=acme, but is \"" + each + "\"");
      }
      CostDimension dimension = dimension(each.substring(0, equals), false);
      String value = each.substring(equals + 1);
      values
          .computeIfAbsent(dimension, absent -> new ArrayList<>())
          .add(value.startsWith("#") ? value : ids.written(dimension, value));
    }
    LedgerQuery filtered = query;
    for (CostDimension dimension : values.keySet()) {
      Set<String> distinct = new LinkedHashSet<>(values.getOrDefault(dimension, List.of()));
      filtered = filtered.where(dimension, distinct.toArray(String[]::new));
    }
    return filtered;
  }

  private static CostDimension dimension(String name, boolean orAttempt) {
    List<String> names = new ArrayList<>();
    for (CostDimension dimension : CostDimension.values()) {
      if (dimension.key().equals(name)) {
        return dimension;
      }
      names.add(dimension.key());
    }
    if (orAttempt) {
      names.add(ATTEMPT);
    }
    throw new IllegalArgumentException(
        "costs cannot be grouped by \""
            + name
            + "\"; use one of "
            + String.join(", ", names)
            + "."
            + Suggestions.didYouMean(name, names));
  }

  private LedgerPeriod step() {
    for (LedgerPeriod period : LedgerPeriod.values()) {
      if (period.name().toLowerCase(Locale.ROOT).equals(trend)) {
        return period;
      }
    }
    List<String> names =
        Arrays.stream(LedgerPeriod.values())
            .map(period -> period.name().toLowerCase(Locale.ROOT))
            .toList();
    throw new IllegalArgumentException(
        "--trend must be one of "
            + String.join(", ", names)
            + ", but is \""
            + trend
            + "\"."
            + Suggestions.didYouMean(trend, names));
  }

  private ZoneId zone() {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException unknown) {
      throw new IllegalArgumentException(
          "--zone must be a time zone such as Europe/Berlin, but is \"" + zone + "\"", unknown);
    }
  }

  private static Instant time(String text, ZoneId zone, boolean dayIsIncluded, String option) {
    try {
      if (text.endsWith("Z")) {
        return Instant.parse(text);
      }
      if (text.contains("T")) {
        return LocalDateTime.parse(text).atZone(zone).toInstant();
      }
      return LocalDate.parse(text).plusDays(dayIsIncluded ? 1 : 0).atStartOfDay(zone).toInstant();
    } catch (DateTimeException wrong) {
      throw new IllegalArgumentException(
          option
              + " must be a date such as 2026-01-31 or a time such as 2026-01-31T12:00, but is \""
              + text
              + "\"",
          wrong);
    }
  }
}
