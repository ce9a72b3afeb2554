package io.gild.observability;

import io.opentelemetry.api.trace.Span;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/**
 * The span that an exemplar of a bucket names: that of the call being recorded, or else the current
 * one; only if it is sampled, so that a store has it. Thread-safe.
 */
final class Exemplars implements SpanContext {

  private static final ThreadLocal<@Nullable Span> RECORDED = new ThreadLocal<>();

  /** Sets the span of the call that is recorded on this thread; {@code null} when that is over. */
  static void recorded(@Nullable Span span) {
    if (span == null) {
      RECORDED.remove();
    } else {
      RECORDED.set(span);
    }
  }

  private static io.opentelemetry.api.trace.SpanContext present() {
    Span recorded = RECORDED.get();
    return (recorded == null ? Span.current() : recorded).getSpanContext();
  }

  @Override
  public @Nullable String getCurrentTraceId() {
    io.opentelemetry.api.trace.SpanContext present = present();
    return present.isValid() ? present.getTraceId() : null;
  }

  @Override
  public @Nullable String getCurrentSpanId() {
    io.opentelemetry.api.trace.SpanContext present = present();
    return present.isValid() ? present.getSpanId() : null;
  }

  @Override
  public boolean isCurrentSpanSampled() {
    return present().isSampled();
  }

  @Override
  public void markCurrentSpanAsExemplar() {
    // A span that is over takes no attributes.
  }
}
