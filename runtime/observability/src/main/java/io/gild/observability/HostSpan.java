package io.gild.observability;

import io.gild.core.spi.ContextCarrier;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A span of the application's OpenTelemetry. While it is current here it is current there as well,
 * so that spans of both libraries nest.
 */
final class HostSpan implements Span {

  private final HostTelemetry host;
  private final Object span;
  private @Nullable SpanContext identity;

  HostSpan(HostTelemetry host, Object span) {
    this.host = host;
    this.span = span;
  }

  /**
   * Captures a context of this library together with the current context of the application's
   * library.
   *
   * @param own the context
   * @return installs both
   */
  @SuppressWarnings("MustBeClosedChecker") // the runnable closes the scope
  static ContextCarrier.Captured capture(Context own) {
    return Span.fromContext(own) instanceof HostSpan carried
        ? carried.captured(own)
        : () -> own.makeCurrent()::close;
  }

  private ContextCarrier.Captured captured(Context own) {
    Object current = host.currentContext();
    boolean below = Span.current() == this; // the application may have started child spans
    Object hostContext = below ? current : host.with(current, span);
    return () -> both(own, hostContext)::close;
  }

  @Override
  public Scope makeCurrent() {
    return both(Context.current().with(this), host.with(host.currentContext(), span));
  }

  @SuppressWarnings("MustBeClosedChecker") // the scope returned closes both
  private Scope both(Context own, Object hostContext) {
    AutoCloseable hostScope = host.makeCurrent(hostContext);
    Scope scope = own.makeCurrent();
    return () -> {
      scope.close();
      close(hostScope);
    };
  }

  private static void close(AutoCloseable scope) {
    try {
      scope.close();
    } catch (Exception fault) {
      throw new IllegalStateException(fault);
    }
  }

  /** Returns the application's context in which this span is current. */
  Object hostContext() {
    return host.with(host.currentContext(), span);
  }

  @Override
  public <T> Span setAttribute(AttributeKey<T> key, @Nullable T value) {
    if (value != null) {
      host.setAttribute(span, key, value);
    }
    return this;
  }

  @Override
  public Span addEvent(String name, Attributes attributes) {
    host.details().event(span, name, attributes);
    return this;
  }

  @Override
  public Span addEvent(String name, Attributes attributes, long timestamp, TimeUnit unit) {
    return addEvent(name, attributes);
  }

  @Override
  public Span setStatus(StatusCode status, String description) {
    host.setStatus(span, status);
    return this;
  }

  @Override
  public Span recordException(Throwable exception, Attributes attributes) {
    return this;
  }

  @Override
  public Span updateName(String name) {
    host.updateName(span, name);
    return this;
  }

  @Override
  public void end() {
    host.end(span);
  }

  @Override
  public void end(long timestamp, TimeUnit unit) {
    host.end(span);
  }

  @Override
  public SpanContext getSpanContext() {
    SpanContext known = identity;
    if (known == null) {
      known = host.identity(span);
      identity = known;
    }
    return known;
  }

  @Override
  public boolean isRecording() {
    return host.isRecording(span);
  }
}
