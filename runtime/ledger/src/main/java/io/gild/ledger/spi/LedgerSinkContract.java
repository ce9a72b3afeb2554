package io.gild.ledger.spi;

import io.gild.config.Experimental;
import io.gild.config.Usage;
import io.gild.core.Attribution;
import io.gild.core.CostDimension;
import io.gild.ledger.LedgerEntry;
import io.gild.ledger.LedgerEntry.Kind;
import io.gild.ledger.LedgerPeriod;
import io.gild.ledger.LedgerQuery;
import io.gild.ledger.LedgerReport;
import io.gild.ledger.LedgerSums;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every {@link LedgerSink} does. It needs no test library; with JUnit, a test of a sink is:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> keepsTheContract() {
 *   return LedgerSinkContract.checks().entrySet().stream()
 *       .map(check -> dynamicTest(check.getKey(), () -> check.getValue().run(newSink())));
 * }
 * }</pre>
 */
@Experimental
public final class LedgerSinkContract {

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final LedgerQuery ALL = LedgerQuery.all();

  private LedgerSinkContract() {}

  /** One rule. */
  @FunctionalInterface
  public interface Check {

    /**
     * Checks the rule, and closes the sink.
     *
     * @param sink an empty sink
     * @throws Exception if the sink fails
     * @throws AssertionError if it breaks the rule
     */
    void run(LedgerSink sink) throws Exception;
  }

  /**
   * Returns the rules.
   *
   * @return checks by what they check; each needs an empty sink of its own
   */
  public static Map<String, Check> checks() {
    Map<String, Check> checks = new LinkedHashMap<>();
    checks.put("an empty sink has no rows", sink -> equal(List.of(), rows(sink, ALL)));
    checks.put("sums are exact", LedgerSinkContract::sumsAreExact);
    checks.put("a batch that comes again is counted once", LedgerSinkContract::countsOnce);
    checks.put("origins do not disturb each other", LedgerSinkContract::separatesOrigins);
    checks.put("sums are grouped by dimensions and attempts", LedgerSinkContract::groups);
    checks.put("entries are filtered by values and time", LedgerSinkContract::filters);
    checks.put("periods follow the time zone", LedgerSinkContract::followsTheTimeZone);
    checks.put("waste, savings and losses are apart", LedgerSinkContract::separatesKinds);
    checks.put("requests without a price are counted", LedgerSinkContract::countsUnpriced);
    checks.put("an entry may be earlier than the one before", LedgerSinkContract::clocksGoBack);
    checks.put("values of any text come back", LedgerSinkContract::keepsTexts);
    checks.put("several questions are answered at once", LedgerSinkContract::answersAll);
    return checks.entrySet().stream()
        .collect(
            LinkedHashMap::new,
            (closing, check) -> closing.put(check.getKey(), closing(check.getValue())),
            LinkedHashMap::putAll);
  }

  private static Check closing(Check check) {
    return sink -> {
      try (sink) {
        check.run(sink);
      }
    };
  }

  private static void sumsAreExact(LedgerSink sink) throws Exception {
    List<LedgerEntry> entries = new ArrayList<>();
    for (int i = 1; i <= 1_000; i++) {
      entries.add(usage("a", i, NOON, "0.000000001", Map.of()));
    }
    entries.add(usage("a", 1_001, NOON, "123456789.123456789", Map.of()));
    sink.append(entries);
    LedgerSums sums = only(sink, ALL);
    money("123456789.123457789", sums.usd());
    equal(1_001L, sums.requests());
    equal(10_010L, sums.usage().inputTokens());
  }

  private static void countsOnce(LedgerSink sink) throws Exception {
    List<LedgerEntry> batch =
        List.of(usage("a", 1, NOON, "1", Map.of()), usage("a", 2, NOON, "1", Map.of()));
    sink.append(batch);
    sink.append(batch);
    sink.append(List.of(usage("a", 2, NOON, "1", Map.of()), usage("a", 3, NOON, "1", Map.of())));
    money("3", only(sink, ALL).usd());
  }

  private static void separatesOrigins(LedgerSink sink) throws Exception {
    sink.append(List.of(usage("a", 7, NOON, "1", Map.of())));
    sink.append(List.of(usage("b", 1, NOON, "1", Map.of())));
    sink.append(List.of(usage("a", 8, NOON, "1", Map.of()), usage("b", 7, NOON, "1", Map.of())));
    equal(4L, only(sink, ALL).requests());
  }

  private static void groups(LedgerSink sink) throws Exception {
    sink.append(
        List.of(
            usage("a", 1, NOON, "1", Map.of(CostDimension.AGENT, "x", CostDimension.TENANT, "t")),
            usage("a", 2, NOON, "2", Map.of(CostDimension.AGENT, "x")),
            again(usage("a", 3, NOON, "4", Map.of(CostDimension.AGENT, "y")))));
    List<LedgerReport.Row> byAgent = rows(sink, ALL.by(CostDimension.AGENT));
    equal(List.of("y", "x"), byAgent.stream().map(row -> row.get(CostDimension.AGENT)).toList());
    money("3", byAgent.get(1).sums().usd());
    equal(3, rows(sink, ALL.by(CostDimension.AGENT, CostDimension.TENANT)).size());
    List<LedgerReport.Row> byAttempt = rows(sink, ALL.withAttempts());
    equal(List.of(2, 1), byAttempt.stream().map(LedgerReport.Row::attempt).toList());
  }

  private static void filters(LedgerSink sink) throws Exception {
    Instant later = NOON.plusSeconds(90_000);
    sink.append(
        List.of(
            usage("a", 1, NOON, "1", Map.of(CostDimension.TENANT, "t")),
            usage("a", 2, later, "2", Map.of(CostDimension.TENANT, "t")),
            usage("a", 3, later, "4", Map.of())));
    money("3", only(sink, ALL.where(CostDimension.TENANT, "t", "other")).usd());
    money("4", only(sink, ALL.where(CostDimension.TENANT, "")).usd());
    money("1", only(sink, ALL.between(NOON, later)).usd());
    money("6", only(sink, ALL.between(later, null)).usd());
    equal(List.of(), rows(sink, ALL.between(later.plusNanos(1), null)));
  }

  private static void followsTheTimeZone(LedgerSink sink) throws Exception {
    Instant night = Instant.parse("2026-01-31T23:30:00Z");
    sink.append(List.of(usage("a", 1, NOON, "1", Map.of()), usage("a", 2, night, "2", Map.of())));
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    equal(
        List.of(LocalDateTime.parse("2026-01-01T00:00"), LocalDateTime.parse("2026-02-01T00:00")),
        periods(sink, ALL.every(LedgerPeriod.MONTH, berlin)));
    equal(
        List.of(LocalDateTime.parse("2026-01-31T00:00"), LocalDateTime.parse("2026-02-01T00:00")),
        periods(sink, ALL.every(LedgerPeriod.DAY, berlin)));
    equal(
        List.of(LocalDateTime.parse("2026-01-31T00:00")),
        periods(sink, ALL.every(LedgerPeriod.DAY, ZoneId.of("UTC"))));
    equal(
        List.of(LocalDateTime.parse("2026-01-31T17:00"), LocalDateTime.parse("2026-02-01T05:00")),
        periods(sink, ALL.every(LedgerPeriod.HOUR, ZoneId.of("Asia/Kolkata"))));
  }

  private static void separatesKinds(LedgerSink sink) throws Exception {
    LedgerEntry paid = usage("a", 1, NOON, "2", Map.of());
    LedgerEntry.Saving instead = new LedgerEntry.Saving("route", "m", new BigDecimal("3"));
    sink.append(
        List.of(
            paid,
            of(Kind.WASTE, 2, "2", 1, null),
            of(Kind.SAVING, 3, "-0.5", 1, instead),
            of(Kind.LOST, 4, null, 9, null)));
    LedgerSums sums = only(sink, ALL);
    money("2", sums.usd());
    equal(1L, sums.requests());
    money("2", sums.wastedUsd());
    equal(1L, sums.wasted());
    money("-0.5", sums.savedUsd());
    LedgerSums.Saved route = sums.savings().get("route");
    money("3", route == null ? BigDecimal.ZERO : route.insteadUsd());
    equal(9L, sums.lost());
    equal(0L, sums.unpriced());
  }

  private static void countsUnpriced(LedgerSink sink) throws Exception {
    sink.append(List.of(usage("a", 1, NOON, null, Map.of()), usage("a", 2, NOON, "1", Map.of())));
    LedgerSums sums = only(sink, ALL);
    equal(2L, sums.requests());
    equal(1L, sums.unpriced());
    money("1", sums.usd());
  }

  private static void clocksGoBack(LedgerSink sink) throws Exception {
    sink.append(List.of(usage("a", 1, NOON, "1", Map.of())));
    sink.append(
        List.of(
            usage("a", 2, NOON.minusSeconds(100_000), "1", Map.of()),
            usage("a", 3, Instant.EPOCH, "1", Map.of()),
            usage("a", 4, NOON, "1", Map.of())));
    equal(4L, only(sink, ALL).requests());
  }

  private static void keepsTexts(LedgerSink sink) throws Exception {
    String odd = "a \"b\"\n\t\u20ac \ud83d\ude00 ' ; -- \\ \u0000";
    sink.append(List.of(usage("a", 1, NOON, "1", Map.of(CostDimension.TENANT, odd))));
    money("1", only(sink, ALL.where(CostDimension.TENANT, odd)).usd());
    equal(odd, rows(sink, ALL.by(CostDimension.TENANT)).get(0).get(CostDimension.TENANT));
  }

  private static void answersAll(LedgerSink sink) throws Exception {
    sink.append(List.of(usage("a", 1, NOON, "1", Map.of())));
    List<LedgerReport> reports =
        sink.query(List.of(ALL, ALL.where(CostDimension.MODEL, "none"), ALL.withAttempts()));
    equal(List.of(1, 0, 1), reports.stream().map(report -> report.rows().size()).toList());
    equal(List.of(), sink.query(List.of()));
  }

  private static LedgerEntry usage(
      String origin,
      long number,
      Instant time,
      @Nullable String usd,
      Map<CostDimension, String> values) {
    return new LedgerEntry(
        time,
        origin,
        number,
        Kind.USAGE,
        new Attribution(values),
        1,
        Usage.of(10, 1),
        usd == null ? null : new BigDecimal(usd),
        1,
        false,
        null,
        Map.of());
  }

  private static LedgerEntry again(LedgerEntry entry) {
    return new LedgerEntry(
        entry.time(),
        entry.origin(),
        entry.number(),
        entry.kind(),
        entry.attribution(),
        entry.requests(),
        entry.usage(),
        entry.usd(),
        2,
        false,
        null,
        Map.of());
  }

  private static LedgerEntry of(
      Kind kind,
      long number,
      @Nullable String usd,
      long requests,
      LedgerEntry.@Nullable Saving saving) {
    return new LedgerEntry(
        NOON,
        "a",
        number,
        kind,
        Attribution.NONE,
        requests,
        Usage.NONE,
        usd == null ? null : new BigDecimal(usd),
        1,
        false,
        saving,
        Map.of());
  }

  private static List<LedgerReport.Row> rows(LedgerSink sink, LedgerQuery query)
      throws IOException {
    return sink.query(List.of(query)).get(0).rows();
  }

  private static List<@Nullable LocalDateTime> periods(LedgerSink sink, LedgerQuery query)
      throws IOException {
    List<@Nullable LocalDateTime> periods = new ArrayList<>();
    rows(sink, query).forEach(row -> periods.add(row.period()));
    return periods;
  }

  private static LedgerSums only(LedgerSink sink, LedgerQuery query) throws IOException {
    List<LedgerReport.Row> rows = rows(sink, query);
    equal(1, rows.size());
    return rows.get(0).sums();
  }

  private static void money(String expected, BigDecimal found) {
    if (new BigDecimal(expected).compareTo(found) != 0) {
      throw new AssertionError("expected $" + expected + ", but found $" + found.toPlainString());
    }
  }

  private static void equal(Object expected, Object found) {
    if (!expected.equals(found)) {
      throw new AssertionError("expected " + expected + ", but found " + found);
    }
  }
}
