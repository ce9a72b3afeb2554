package io.gild.observability;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Counts the spans before a queue and after it. */
final class CountedSpans {

  private CountedSpans() {}

  /**
   * The queue.
   *
   * @param queue receives the spans
   * @param lost counts them
   */
  record Queue(SpanProcessor queue, LostSpans lost) implements SpanProcessor {

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
      queue.onStart(parent, span);
    }

    @Override
    public boolean isStartRequired() {
      return queue.isStartRequired();
    }

    @Override
    public void onEnd(ReadableSpan span) {
      if (span.getSpanContext().isSampled()) {
        lost.ended();
      }
      queue.onEnd(span);
    }

    @Override
    public boolean isEndRequired() {
      return true;
    }

    @Override
    public CompletableResultCode shutdown() {
      return queue.shutdown();
    }

    @Override
    public CompletableResultCode forceFlush() {
      return queue.forceFlush();
    }
  }

  /** The exporter. It is called for one batch after another. */
  static final class Exporter implements SpanExporter {

    private final SpanExporter exporter;
    private final LostSpans lost;
    private final AtomicReference<@Nullable SentBatch> last = new AtomicReference<>();

    /**
     * Wraps an exporter.
     *
     * @param exporter sends the spans
     * @param lost counts those that do not arrive
     */
    Exporter(SpanExporter exporter, LostSpans lost) {
      this.exporter = exporter;
      this.lost = lost;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      lost.sending(spans.size());
      SentBatch delivery = new SentBatch(spans.size(), lost);
      SentBatch abandoned = last.getAndSet(delivery);
      if (abandoned != null) {
        abandoned.abandon();
      }
      CompletableResultCode result;
      try {
        result = delivery.during(() -> exporter.export(spans));
      } catch (RuntimeException | Error fault) {
        delivery.end(false);
        throw fault;
      }
      return result.whenComplete(() -> delivery.end(result.isSuccess()));
    }

    @Override
    public CompletableResultCode flush() {
      return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
      return exporter.shutdown();
    }
  }
}
