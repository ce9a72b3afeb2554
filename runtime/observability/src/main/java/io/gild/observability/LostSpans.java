package io.gild.observability;

import io.gild.core.GildLog;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts the spans of the agent's own SDK that no collector received. Thread-safe. */
final class LostSpans {

  private final LongAdder ended = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final AtomicLong overflown = new AtomicLong();
  private final AtomicBoolean explained = new AtomicBoolean();
  private volatile int mostWaiting = Integer.MAX_VALUE;

  /** Sets how many spans may wait, in the queue and in the next batch. */
  void mostWaiting(int spans) {
    mostWaiting = spans;
  }

  void ended() {
    ended.increment();
  }

  /** Records that a batch is about to be sent. */
  void sending(int spans) {
    overflown();
    sent.add(spans);
  }

  /** Records that a batch did not arrive. */
  void failed(int spans) {
    failed.add(spans);
  }

  /** Records that the collector accepted a batch without these spans. */
  void rejected(long spans) {
    rejected.add(spans);
  }

  /** Logs the first reason why telemetry is lost; a collector may give a new one each time. */
  void explain(String reason) {
    if (explained.compareAndSet(false, true)) {
      GildLog.infoOnce("telemetry is lost: " + reason);
    }
  }

  /** Returns how many spans were sent and not accepted. */
  long failed() {
    return failed.sum();
  }

  /** Returns how many spans the collector left out of batches that it accepted. */
  long rejected() {
    return rejected.sum();
  }

  /**
   * Returns how many spans at least the full queue rejected: those that ended, but were neither
   * sent nor can be waiting. Never decreases.
   */
  long overflown() {
    long missing = ended.sum() - sent.sum() - mostWaiting;
    return overflown.accumulateAndGet(missing, Math::max);
  }
}
