package io.gild.ledger;

import io.gild.config.Experimental;
import io.gild.core.CostDimension;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question about the ledger; immutable.
 *
 * <pre>{@code
 * LedgerQuery query =
 *     LedgerQuery.all().by(CostDimension.TENANT).where(CostDimension.AGENT, "support");
 * }</pre>
 *
 * @param from the first moment; {@code null} for no bound
 * @param to the moment after the last one; {@code null} for no bound
 * @param where values by dimension, one of which an entry must have; the empty text is "unknown"
 * @param by what sums are grouped by; empty for one sum
 * @param byAttempt whether sums are grouped by the number of the attempt, too
 * @param period the periods that sums are grouped by, too; {@code null} for none
 * @param zone the time zone of periods
 */
@Experimental
public record LedgerQuery(
    @Nullable Instant from,
    @Nullable Instant to,
    Map<CostDimension, Set<String>> where,
    List<CostDimension> by,
    boolean byAttempt,
    @Nullable LedgerPeriod period,
    ZoneId zone) {

  /** Copies the values. */
  public LedgerQuery {
    Map<CostDimension, Set<String>> copy = new EnumMap<>(CostDimension.class);
    where.forEach((dimension, values) -> copy.put(dimension, Set.copyOf(values)));
    where = Map.copyOf(copy);
    by = List.copyOf(by);
    if (Set.copyOf(by).size() < by.size()) {
      throw new IllegalArgumentException("by must not name a dimension twice, but is " + by);
    }
    if (from != null && to != null && from.isAfter(to)) {
      throw new IllegalArgumentException("from must not be after to, but is " + from + " > " + to);
    }
  }

  /**
   * Returns the question about the sum of all entries.
   *
   * @return the question, with periods in UTC
   */
  public static LedgerQuery all() {
    return new LedgerQuery(null, null, Map.of(), List.of(), false, null, ZoneOffset.UTC);
  }

  /**
   * Bounds the time.
   *
   * @param first the first moment; {@code null} for no bound
   * @param end the moment after the last one; {@code null} for no bound
   * @return the question
   */
  public LedgerQuery between(@Nullable Instant first, @Nullable Instant end) {
    return new LedgerQuery(first, end, where, by, byAttempt, period, zone);
  }

  /**
   * Groups sums.
   *
   * @param dimensions what by, in the order of the keys
   * @return the question
   */
  public LedgerQuery by(CostDimension... dimensions) {
    return new LedgerQuery(from, to, where, List.of(dimensions), byAttempt, period, zone);
  }

  /**
   * Groups sums by the number of the attempt, too.
   *
   * @return the question
   */
  public LedgerQuery withAttempts() {
    return new LedgerQuery(from, to, where, by, true, period, zone);
  }

  /**
   * Groups sums by time, too.
   *
   * @param step the length of the periods
   * @param timeZone whose days begin at midnight
   * @return the question
   */
  public LedgerQuery every(LedgerPeriod step, ZoneId timeZone) {
    return new LedgerQuery(from, to, where, by, byAttempt, step, timeZone);
  }

  /**
   * Asks only about entries that have one of some values.
   *
   * @param dimension what the values are
   * @param values the values
   * @return the question
   */
  public LedgerQuery where(CostDimension dimension, String... values) {
    Map<CostDimension, Set<String>> more = new EnumMap<>(CostDimension.class);
    more.putAll(where);
    more.put(dimension, Set.of(values));
    return new LedgerQuery(from, to, more, by, byAttempt, period, zone);
  }

  /**
   * Returns whether an entry is asked about. Lost requests have no attribution; they match if their
   * time does.
   *
   * @param entry the entry
   * @return {@code true} if the sums contain it
   */
  public boolean matches(LedgerEntry entry) {
    if (from != null && entry.time().isBefore(from) || to != null && !entry.time().isBefore(to)) {
      return false;
    }
    if (entry.kind() == LedgerEntry.Kind.LOST) {
      return true;
    }
    for (Map.Entry<CostDimension, Set<String>> each : where.entrySet()) {
      if (!each.getValue().contains(entry.attribution().get(each.getKey()))) {
        return false;
      }
    }
    return true;
  }
}
