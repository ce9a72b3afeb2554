package io.gild.ledger;

import io.gild.config.Experimental;
import io.gild.core.CostDimension;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds entries to the sums of one query, one at a time; holds a sum for each row only. For one
 * thread.
 */
@Experimental
public final class LedgerTally {

  private record Key(List<String> values, int attempt, @Nullable LocalDateTime period) {}

  private final LedgerQuery query;
  private final Map<Key, LedgerSums.Adding> sums = new HashMap<>();

  /**
   * Begins without entries.
   *
   * @param query the query
   */
  public LedgerTally(LedgerQuery query) {
    this.query = query;
  }

  /**
   * Adds an entry, if the query asks about it.
   *
   * @param entry the entry
   */
  public void add(LedgerEntry entry) {
    if (query.matches(entry)) {
      sums.computeIfAbsent(key(entry), absent -> new LedgerSums.Adding()).add(entry);
    }
  }

  private Key key(LedgerEntry entry) {
    List<String> values = new ArrayList<>(query.by().size());
    for (CostDimension dimension : query.by()) {
      values.add(entry.attribution().get(dimension));
    }
    LedgerPeriod period = query.period();
    return new Key(
        values,
        query.byAttempt() ? entry.attempt() : -1,
        period == null ? null : period.of(entry.time(), query.zone()));
  }

  /**
   * Returns the answer of the entries so far.
   *
   * @param problems what could not be read
   * @return the answer
   */
  public LedgerReport report(List<String> problems) {
    List<LedgerReport.Row> rows = new ArrayList<>();
    sums.forEach((key, adding) -> rows.add(row(key, adding.sums())));
    return new LedgerReport(sorted(rows), problems);
  }

  private LedgerReport.Row row(Key key, LedgerSums of) {
    Map<CostDimension, String> values = new EnumMap<>(CostDimension.class);
    for (int i = 0; i < key.values().size(); i++) {
      if (!key.values().get(i).isEmpty()) {
        values.put(query.by().get(i), key.values().get(i));
      }
    }
    return new LedgerReport.Row(values, key.attempt(), key.period(), of);
  }

  /**
   * Orders rows as reports have them.
   *
   * @param rows the rows
   * @return the earliest period first, then the highest cost, then by key
   */
  public static List<LedgerReport.Row> sorted(List<LedgerReport.Row> rows) {
    Comparator<LedgerReport.Row> byPeriod =
        Comparator.comparing(
            LedgerReport.Row::period, Comparator.nullsFirst(Comparator.naturalOrder()));
    return rows.stream()
        .sorted(
            byPeriod
                .thenComparing(row -> row.sums().usd(), Comparator.reverseOrder())
                .thenComparingLong(row -> -row.sums().requests())
                .thenComparing(row -> new EnumMap<>(filled(row.key())).toString())
                .thenComparingInt(LedgerReport.Row::attempt))
        .toList();
  }

  private static Map<CostDimension, String> filled(Map<CostDimension, String> key) {
    Map<CostDimension, String> all = new EnumMap<>(CostDimension.class);
    all.putAll(key);
    return all;
  }
}
