package io.gild.ledger;

import io.gild.config.Usage;
import io.gild.core.Attribution;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What a call has recorded and the writing thread has still to write. The identifiers in it are
 * plain. Fields without a comment never change.
 */
final class PendingEntry {

  final Instant time;
  final LedgerEntry.Kind kind;
  final Attribution attribution;
  final Usage usage;

  /** Billionths of a US dollar; {@link #UNPRICED} if there is no known price. */
  final long nanoUsd;

  final int attempt;
  final boolean shadow;
  final LedgerEntry.@Nullable Saving saving;

  /** The request that was wasted; {@code null} unless the kind is waste. */
  final @Nullable PendingEntry wasted;

  /** Set once, when the attempt of the request has failed. */
  private final AtomicBoolean isWasted = new AtomicBoolean();

  /** The number of its line, for lines that refer to it; 0 until then. Of the writing thread. */
  long number;

  static final long UNPRICED = Long.MIN_VALUE;

  private PendingEntry(
      Instant time,
      LedgerEntry.Kind kind,
      Attribution attribution,
      Usage usage,
      long nanoUsd,
      int attempt,
      boolean shadow,
      LedgerEntry.@Nullable Saving saving,
      @Nullable PendingEntry wasted) {
    this.time = time;
    this.kind = kind;
    this.attribution = attribution;
    this.usage = usage;
    this.nanoUsd = nanoUsd;
    this.attempt = attempt;
    this.shadow = shadow;
    this.saving = saving;
    this.wasted = wasted;
  }

  static PendingEntry usage(
      Instant time,
      Attribution attribution,
      Usage usage,
      long nanoUsd,
      int attempt,
      boolean shadow) {
    return new PendingEntry(
        time,
        LedgerEntry.Kind.USAGE,
        attribution,
        usage,
        nanoUsd < 0 ? UNPRICED : nanoUsd,
        attempt,
        shadow,
        null,
        null);
  }

  static PendingEntry saving(
      Instant time,
      Attribution attribution,
      Usage usage,
      long nanoUsd,
      boolean shadow,
      LedgerEntry.Saving saving) {
    return new PendingEntry(
        time, LedgerEntry.Kind.SAVING, attribution, usage, nanoUsd, 1, shadow, saving, null);
  }

  /** Returns the line that says so; {@code null} if there is one already. */
  @Nullable PendingEntry waste() {
    return isWasted.compareAndSet(false, true)
        ? new PendingEntry(
            time, LedgerEntry.Kind.WASTE, attribution, usage, nanoUsd, attempt, shadow, null, this)
        : null;
  }
}
