package io.gild.observability;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;

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
      lost.ended();
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

  /**
   * The exporter.
   *
   * @param exporter sends the spans
   * @param lost counts those that do not arrive
   */
  record Exporter(SpanExporter exporter, LostSpans lost) implements SpanExporter {

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      int count = spans.size();
      lost.sending(count);
      CompletableResultCode result;
      try {
        result = exporter.export(spans);
      } catch (RuntimeException | Error fault) {
        lost.failed(count);
        throw fault;
      }
      return result.whenComplete(() -> {
        if (!result.isSuccess()) {
          lost.failed(count);
        }
      });
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
