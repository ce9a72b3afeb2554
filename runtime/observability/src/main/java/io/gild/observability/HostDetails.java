package io.gild.observability;

import io.gild.core.GildLog;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Adds links and events to spans of the application's OpenTelemetry. They are rare, so reflection
 * is fast enough. An API without them loses them alone; that is logged once. Thread-safe.
 */
final class HostDetails {

  private static final String API = "io.opentelemetry.api.";

  private final ClassLoader loader;
  private final Function<AttributeKey<?>, Object> keys;

  /**
   * Creates the additions.
   *
   * @param loader loads the application's API
   * @param keys returns the application's key of one of Gild's
   */
  HostDetails(ClassLoader loader, Function<AttributeKey<?>, Object> keys) {
    this.loader = loader;
    this.keys = keys;
  }

  /** Links the span that a builder of the application makes. */
  void link(Object builder, SpanContext linked) {
    try {
      Class<?> identity = type("trace.SpanContext");
      Class<?> flags = type("trace.TraceFlags");
      Class<?> state = type("trace.TraceState");
      Object theirs =
          identity
              .getMethod("createFromRemoteParent", String.class, String.class, flags, state)
              .invoke(
                  null,
                  linked.getTraceId(),
                  linked.getSpanId(),
                  flags.getMethod(linked.isSampled() ? "getSampled" : "getDefault").invoke(null),
                  state.getMethod("getDefault").invoke(null));
      type("trace.SpanBuilder").getMethod("addLink", identity).invoke(builder, theirs);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError fault) {
      GildLog.faultOnce("Linking a span of the application's OpenTelemetry", fault);
    }
  }

  /** Adds an event to a span of the application. */
  void event(Object span, String name, Attributes attributes) {
    try {
      Class<?> values = type("common.Attributes");
      type("trace.Span")
          .getMethod("addEvent", String.class, values)
          .invoke(span, name, theirs(values, attributes.asMap()));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError fault) {
      GildLog.faultOnce("Adding an event to a span of the application's OpenTelemetry", fault);
    }
  }

  private @Nullable Object theirs(Class<?> values, Map<AttributeKey<?>, Object> attributes)
      throws ReflectiveOperationException {
    Class<?> builders = type("common.AttributesBuilder");
    Object builder = values.getMethod("builder").invoke(null);
    Method put = builders.getMethod("put", type("common.AttributeKey"), Object.class);
    for (Map.Entry<AttributeKey<?>, Object> each : attributes.entrySet()) {
      put.invoke(builder, keys.apply(each.getKey()), each.getValue());
    }
    return builders.getMethod("build").invoke(builder);
  }

  private Class<?> type(String name) throws ClassNotFoundException {
    return loader.loadClass(API + name);
  }
}
