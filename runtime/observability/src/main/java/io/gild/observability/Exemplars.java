package io.gild.observability;

import io.opentelemetry.api.trace.Span;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/**
 * The span that an exemplar of a bucket names: that of the call being recorded, or else the current
 * one; only if it is sampled, so that a store has it. Thread-safe.
 */
final class Exemplars implements SpanContext {

  /** A cell of the JDK's for each thread, so that a thread keeps no class of Gild alive. */
  private static final ThreadLocal<@Nullable Object[]> RECORDED =
      ThreadLocal.withInitial(() -> new @Nullable Object[1]);

  /** Sets the span of the call that is recorded on this thread; {@code null} when that is over. */
  static void recorded(@Nullable Span span) {
    RECORDED.get()[0] = span;
  }

  private static io.opentelemetry.api.trace.SpanContext present() {
    Span span = RECORDED.get()[0] instanceof Span recorded ? recorded : Span.current();
    return span.getSpanContext();
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
