package io.gild.observability;

import io.gild.core.GildLog;
import io.gild.core.HostClasses;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The OpenTelemetry API of the application that Gild is attached to, reached through method
 * handles: the agent's own copy is another set of classes.
 *
 * <p>It is used once the application has set its global instance, and never before: asking for that
 * one early would set a useless one for good.
 */
final class HostTelemetry {

  private static final String API = "io.opentelemetry.api.";
  private static final String GLOBAL = API + "GlobalOpenTelemetry";

  private final MethodHandle currentContext;
  private final MethodHandle makeCurrent;
  private final MethodHandle with;
  private final MethodHandle spanBuilder;
  private final MethodHandle setParent;
  private final MethodHandle setKind;
  private final MethodHandle setBuilderAttribute;
  private final MethodHandle startSpan;
  private final MethodHandle setAttribute;
  private final MethodHandle updateName;
  private final MethodHandle setStatus;
  private final MethodHandle end;
  private final MethodHandle spanContext;
  private final MethodHandle traceId;
  private final MethodHandle spanId;
  private final Class<?> keys;
  private final Object[] kinds;
  private final Object[] statuses;
  private final Object tracer;

  private HostTelemetry(ClassLoader loader, Object global, String scope, String schemaUrl)
      throws Throwable {
    Class<?> context = loader.loadClass("io.opentelemetry.context.Context");
    Class<?> keyed = loader.loadClass("io.opentelemetry.context.ImplicitContextKeyed");
    Class<?> closed = loader.loadClass("io.opentelemetry.context.Scope");
    Class<?> telemetry = loader.loadClass(API + "OpenTelemetry");
    Class<?> tracers = loader.loadClass(API + "trace.Tracer");
    Class<?> tracerBuilder = loader.loadClass(API + "trace.TracerBuilder");
    Class<?> builder = loader.loadClass(API + "trace.SpanBuilder");
    Class<?> span = loader.loadClass(API + "trace.Span");
    Class<?> identity = loader.loadClass(API + "trace.SpanContext");
    Class<?> kind = loader.loadClass(API + "trace.SpanKind");
    Class<?> status = loader.loadClass(API + "trace.StatusCode");
    Class<?> key = loader.loadClass(API + "common.AttributeKey");
    currentContext = statically(context, "current", context);
    makeCurrent = virtually(context, "makeCurrent", closed);
    with = virtually(context, "with", context, keyed);
    spanBuilder = virtually(tracers, "spanBuilder", builder, String.class);
    setParent = virtually(builder, "setParent", builder, context);
    setKind = virtually(builder, "setSpanKind", builder, kind);
    setBuilderAttribute = virtually(builder, "setAttribute", builder, key, Object.class);
    startSpan = virtually(builder, "startSpan", span);
    setAttribute = virtually(span, "setAttribute", span, key, Object.class);
    updateName = virtually(span, "updateName", span, String.class);
    setStatus = virtually(span, "setStatus", span, status);
    end = virtually(span, "end", void.class);
    spanContext = virtually(span, "getSpanContext", identity);
    traceId = virtually(identity, "getTraceId", String.class);
    spanId = virtually(identity, "getSpanId", String.class);
    keys = key;
    kinds = kind.getEnumConstants();
    statuses = status.getEnumConstants();
    Object made =
        virtually(telemetry, "tracerBuilder", tracerBuilder, String.class).invoke(global, scope);
    virtually(tracerBuilder, "setSchemaUrl", tracerBuilder, String.class).invoke(made, schemaUrl);
    tracer = virtually(tracerBuilder, "build", tracers).invoke(made);
  }

  /** Returns the application's API if it has one, and has set its global instance. */
  static @Nullable HostTelemetry find(String scope, String schemaUrl) throws Throwable {
    ClassLoader loader = HostClasses.loaderOf(GLOBAL);
    if (loader == null) {
      return null;
    }
    Class<?> holder = loader.loadClass(GLOBAL);
    if (!isSet(holder)) {
      return null;
    }
    Class<?> telemetry = loader.loadClass(API + "OpenTelemetry");
    return new HostTelemetry(
        loader, statically(holder, "get", telemetry).invoke(), scope, schemaUrl);
  }

  private static boolean isSet(Class<?> holder) throws Throwable {
    try {
      return (boolean) statically(holder, "isSet", boolean.class).invoke();
    } catch (NoSuchMethodException old) {
      Field field = holder.getDeclaredField("globalOpenTelemetry");
      field.setAccessible(true);
      return field.get(null) != null;
    }
  }

  private static MethodHandle statically(Class<?> type, String name, Class<?> result)
      throws ReflectiveOperationException {
    return MethodHandles.publicLookup().findStatic(type, name, MethodType.methodType(result));
  }

  private static MethodHandle virtually(
      Class<?> type, String name, Class<?> result, Class<?>... parameters)
      throws ReflectiveOperationException {
    return MethodHandles.publicLookup()
        .findVirtual(type, name, MethodType.methodType(result, parameters));
  }

  Object currentContext() {
    return call(currentContext);
  }

  AutoCloseable makeCurrent(Object context) {
    return (AutoCloseable) call(makeCurrent, context);
  }

  Object with(Object context, Object span) {
    return call(with, context, span);
  }

  Object spanBuilder(String name) {
    return call(spanBuilder, tracer, name);
  }

  void setParent(Object builder, Object context) {
    call(setParent, builder, context);
  }

  void setKind(Object builder, SpanKind kind) {
    call(setKind, builder, constant(kinds, kind));
  }

  <T> void setBuilderAttribute(Object builder, AttributeKey<T> key, T value) {
    call(setBuilderAttribute, builder, key(key), value);
  }

  Object startSpan(Object builder) {
    return call(startSpan, builder);
  }

  <T> void setAttribute(Object span, AttributeKey<T> key, T value) {
    call(setAttribute, span, key(key), value);
  }

  void updateName(Object span, String name) {
    call(updateName, span, name);
  }

  void setStatus(Object span, StatusCode status) {
    call(setStatus, span, constant(statuses, status));
  }

  void end(Object span) {
    try {
      end.invoke(span);
    } catch (Throwable fault) {
      throw new IllegalStateException(fault);
    }
  }

  String traceId(Object span) {
    return (String) call(traceId, call(spanContext, span));
  }

  String spanId(Object span) {
    return (String) call(spanId, call(spanContext, span));
  }

  private static Object constant(Object[] all, Enum<?> wanted) {
    for (Object each : all) {
      if (((Enum<?>) each).name().equals(wanted.name())) {
        return each;
      }
    }
    throw new IllegalStateException("the application's OpenTelemetry has no " + wanted);
  }

  private Object key(AttributeKey<?> own) {
    String factory =
        switch (own.getType()) {
          case STRING -> "stringKey";
          case LONG -> "longKey";
          case DOUBLE -> "doubleKey";
          case BOOLEAN -> "booleanKey";
          case STRING_ARRAY -> "stringArrayKey";
          default -> throw new IllegalArgumentException("no attribute of type " + own.getType());
        };
    try {
      MethodType type = MethodType.methodType(keys, String.class);
      return MethodHandles.publicLookup().findStatic(keys, factory, type).invoke(own.getKey());
    } catch (Throwable fault) {
      throw new IllegalStateException(fault);
    }
  }

  private static Object call(MethodHandle handle, Object... arguments) {
    try {
      return handle.invokeWithArguments(List.of(arguments));
    } catch (Throwable fault) {
      throw new IllegalStateException(fault);
    }
  }

  /** Says once that the application's API does not fit. */
  static void misfit(Throwable fault) {
    GildLog.faultOnce("Using the application's OpenTelemetry", fault);
  }
}
