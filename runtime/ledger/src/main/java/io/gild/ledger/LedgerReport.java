package io.gild.ledger;

import io.gild.config.Experimental;
import io.gild.core.CostDimension;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link LedgerQuery}; immutable.
 *
 * @param rows the sums, the earliest period first, then the highest cost first
 * @param problems what of the ledger could not be read, each with its place
 */
@Experimental
public record LedgerReport(List<Row> rows, List<String> problems) {

  /**
   * Sums of entries of one group.
   *
   * @param key values by dimension; a dimension without a value is unknown
   * @param attempt number of the attempt; -1 if the query does not group by attempt
   * @param period beginning of the period; {@code null} if the query has no period
   * @param sums the sums
   */
  public record Row(
      Map<CostDimension, String> key,
      int attempt,
      @Nullable LocalDateTime period,
      LedgerSums sums) {

    /** Copies the map. */
    public Row {
      key = Map.copyOf(key);
    }

    /**
     * Returns one value of the key.
     *
     * @param dimension a dimension that the query groups by
     * @return the value; empty if it is unknown
     */
    public String get(CostDimension dimension) {
      return key.getOrDefault(dimension, "");
    }
  }

  /** Copies the lists. */
  public LedgerReport {
    rows = List.copyOf(rows);
    problems = List.copyOf(problems);
  }

  /**
   * Returns the sum of all rows.
   *
   * @return exact sums
   */
  public LedgerSums total() {
    return rows.stream().map(Row::sums).reduce(LedgerSums.NONE, LedgerSums::plus);
  }
}
