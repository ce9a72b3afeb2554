package io.gild.observability;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one batch of spans.
 *
 * <p>The exporter reports success for each request, so that it logs nothing; the sender, which
 * knows more, records the outcome here. It finds the batch by the thread, because an exporter calls
 * its sender before it returns. Thread-safe.
 */
final class SentBatch {

  private static final ThreadLocal<@Nullable SentBatch> CURRENT = new ThreadLocal<>();

  private final int spans;
  private final LostSpans lost;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile boolean refused;
  private volatile long rejected;

  /**
   * Creates a batch that is about to be sent.
   *
   * @param spans how many spans it has
   * @param lost counts those that do not arrive
   */
  SentBatch(int spans, LostSpans lost) {
    this.spans = spans;
    this.lost = lost;
  }

  /** Returns the batch that this thread exports; null if it exports none. */
  static @Nullable SentBatch current() {
    return CURRENT.get();
  }

  /** Exports the batch on this thread. */
  <T> T during(Supplier<T> export) {
    CURRENT.set(this);
    try {
      return export.get();
    } finally {
      CURRENT.remove();
    }
  }

  /** Records that the collector did not accept the batch, and logs the first such reason. */
  void refused(String reason) {
    refused = true;
    lost.explain(reason);
  }

  /** Records that the collector accepted the batch without some spans, and logs a first reason. */
  void rejected(long count, String reason) {
    rejected = Math.min(count, spans);
    lost.explain(reason);
  }

  /** Counts the batch as lost if its answer has not ended, because the exporter waits no longer. */
  void abandon() {
    if (!over.get()) {
      lost.explain("the collector does not end its answer");
      end(false);
    }
  }

  /** Counts what is lost, once: after this, an answer that comes too late changes nothing. */
  void end(boolean arrived) {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    if (arrived && !refused) {
      lost.rejected(rejected);
    } else {
      lost.failed(spans);
    }
  }
}
