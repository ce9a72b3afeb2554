package io.gild.ledger;

import io.gild.config.Usage;
import io.gild.core.Attribution;
import io.gild.core.GildLog;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Numbers what is pending, and writes its identifiers as the settings say. For one thread. */
final class LedgerLines {

  private static final int ORIGIN_DIGITS = 16;

  private final LedgerIds ids;
  private final String origin =
      UUID.randomUUID().toString().replace("-", "").substring(0, ORIGIN_DIGITS);
  private long last;
  private long rejected;

  LedgerLines(LedgerIds ids) {
    this.ids = ids;
  }

  /**
   * Makes entries of what is pending.
   *
   * @throws IOException if the key of hashed identifiers cannot be read; no entry has a number then
   */
  List<LedgerEntry> of(List<PendingEntry> pending) throws IOException {
    List<Attribution> attributions = new ArrayList<>(pending.size());
    for (PendingEntry each : pending) {
      attributions.add(ids.written(each.attribution));
    }
    List<LedgerEntry> entries = new ArrayList<>(pending.size());
    for (int i = 0; i < pending.size(); i++) {
      LedgerEntry entry = entry(pending.get(i), attributions.get(i));
      if (entry != null) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private @Nullable LedgerEntry entry(PendingEntry pending, Attribution attribution) {
    PendingEntry wasted = pending.wasted;
    if (wasted != null && wasted.number == 0) {
      return null; // the request itself is lost
    }
    try {
      LedgerEntry entry =
          new LedgerEntry(
              pending.time.truncatedTo(ChronoUnit.MILLIS),
              origin,
              last + 1,
              pending.kind,
              attribution,
              1,
              pending.usage,
              pending.nanoUsd == PendingEntry.UNPRICED ? null : LedgerRecorder.usd(pending.nanoUsd),
              pending.attempt,
              pending.shadow,
              pending.saving,
              wasted == null ? Map.of() : Map.of("of", origin + "-" + wasted.number));
      last++;
      pending.number = last;
      return entry;
    } catch (IllegalArgumentException absurd) {
      GildLog.faultOnce("Writing a request with absurd numbers to the ledger", absurd);
      rejected++;
      return null;
    }
  }

  /** Returns how many requests have been rejected since the last question, for their numbers. */
  long takeRejected() {
    long since = rejected;
    rejected = 0;
    return since;
  }

  LedgerEntry lost(Instant time, long requests) {
    last++;
    return new LedgerEntry(
        time,
        origin,
        last,
        LedgerEntry.Kind.LOST,
        Attribution.NONE,
        requests,
        Usage.NONE,
        null,
        1,
        false,
        null,
        Map.of());
  }
}
