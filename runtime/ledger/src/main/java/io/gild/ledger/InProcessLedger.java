package io.gild.ledger;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.ledger.spi.LedgerSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps the newest entries in memory, until the JVM ends. Thread-safe. */
@Experimental
public final class InProcessLedger implements LedgerSink {

  private final int most;
  private final Deque<LedgerEntry> entries = new ArrayDeque<>();
  private final Map<String, Long> lastNumbers = new HashMap<>();

  /**
   * Creates an empty ledger.
   *
   * @param most how many entries are kept; 1 or more. Older ones are dropped.
   */
  public InProcessLedger(int most) {
    Require.atLeast(1, most, "most");
    this.most = most;
  }

  @Override
  public synchronized void append(List<LedgerEntry> added) {
    for (LedgerEntry entry : added) {
      if (entry.number() > lastNumbers.getOrDefault(entry.origin(), 0L)) {
        lastNumbers.put(entry.origin(), entry.number());
        entries.add(entry);
        if (entries.size() > most) {
          entries.remove();
        }
      }
    }
  }

  @Override
  public synchronized List<LedgerReport> query(List<LedgerQuery> queries) {
    List<LedgerReport> reports = new ArrayList<>();
    for (LedgerQuery query : queries) {
      LedgerTally tally = new LedgerTally(query);
      entries.forEach(tally::add);
      reports.add(tally.report(List.of()));
    }
    return reports;
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
