package io.gild.observability;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes spans without explicit times, which Gild does not use. */
abstract class PlainSpanBuilder implements SpanBuilder {

  @Override
  public SpanBuilder addLink(SpanContext linked, Attributes attributes) {
    return addLink(linked);
  }

  @Override
  public SpanBuilder setAttribute(String key, @Nullable String value) {
    return setAttribute(AttributeKey.stringKey(key), value);
  }

  @Override
  public SpanBuilder setAttribute(String key, long value) {
    return setAttribute(AttributeKey.longKey(key), value);
  }

  @Override
  public SpanBuilder setAttribute(String key, double value) {
    return setAttribute(AttributeKey.doubleKey(key), value);
  }

  @Override
  public SpanBuilder setAttribute(String key, boolean value) {
    return setAttribute(AttributeKey.booleanKey(key), value);
  }

  @Override
  public SpanBuilder setStartTimestamp(long timestamp, TimeUnit unit) {
    return this;
  }
}
