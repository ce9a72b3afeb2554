package io.gild.observability;

import io.gild.core.GildLog;
import io.gild.core.HostClasses;
import io.gild.core.PerClass;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The OpenTelemetry API of the application that Gild is attached to, reached through method
 * handles: the agent's own copy is another set of classes.
 *
 * <p>It is used once the application has set its global instance, and never before: an early
 * request would permanently set a useless one.
 */
final class HostTelemetry {

  private static final String API = "io.opentelemetry.api.";
  private static final String GLOBAL = API + "GlobalOpenTelemetry";
  private static final PerClass<Kept> KEPT = new PerClass<>(holder -> new Kept());

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
  private final MethodHandle isRecording;
  private final MethodHandle spanContext;
  private final MethodHandle traceId;
  private final MethodHandle spanId;
  private final MethodHandle isSampled;
  private final Class<?> keyType;

  /** The application's keys by Gild's own keys, as many as Gild has constants. */
  private final Map<AttributeKey<?>, Object> keys = new ConcurrentHashMap<>();

  private final Object[] kinds;
  private final Object[] statuses;
  private final Object tracer;
  private final HostDetails details;

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
    currentContext =
        statically(context, "current", context).asType(MethodType.genericMethodType(0));
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
    isRecording = virtually(span, "isRecording", boolean.class);
    spanContext = virtually(span, "getSpanContext", identity);
    traceId = virtually(identity, "getTraceId", String.class);
    spanId = virtually(identity, "getSpanId", String.class);
    isSampled = virtually(identity, "isSampled", boolean.class);
    keyType = key;
    kinds = like(SpanKind.values(), kind);
    statuses = like(StatusCode.values(), status);
    Object made =
        call(virtually(telemetry, "tracerBuilder", tracerBuilder, String.class), global, scope);
    call(virtually(tracerBuilder, "setSchemaUrl", tracerBuilder, String.class), made, schemaUrl);
    tracer = call(virtually(tracerBuilder, "build", tracers), made);
    details = new HostDetails(loader, this::key);
  }

  /**
   * Returns the tracer of an application's API if it has one, and has set its global instance to
   * one that exports.
   *
   * @param application the application's class loader
   * @param schemaUrl the schema of Gild's spans
   */
  static @Nullable Tracer find(@Nullable ClassLoader application, String schemaUrl)
      throws Throwable {
    ClassLoader loader = HostClasses.loaderOf(GLOBAL, application);
    if (loader == null) {
      return null;
    }
    Class<?> holder = loader.loadClass(GLOBAL);
    if (!isSet(holder)) {
      return null;
    }
    Kept kept = KEPT.get(holder);
    Tracer known = kept.tracer;
    if (known == null) {
      Class<?> telemetry = loader.loadClass(API + "OpenTelemetry");
      HostTelemetry host =
          new HostTelemetry(
              loader, statically(holder, "get", telemetry).invoke(), Tracers.SCOPE, schemaUrl);
      if (Tracers.leadsNowhere(host.tracer)) {
        return null;
      }
      known = name -> new HostSpanBuilder(host, host.spanBuilder(name));
      kept.tracer = known;
    }
    return known;
  }

  /** The tracer of an API, kept by the API's own class. */
  private static final class Kept {
    private volatile @Nullable Tracer tracer;
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

  /** Returns a method that takes and returns plain objects, so that it can be called exactly. */
  private static MethodHandle virtually(
      Class<?> type, String name, Class<?> result, Class<?>... parameters)
      throws ReflectiveOperationException {
    MethodHandle found =
        MethodHandles.publicLookup()
            .findVirtual(type, name, MethodType.methodType(result, parameters));
    return found.asType(found.type().generic());
  }

  /** Returns what adds links and events. */
  HostDetails details() {
    return details;
  }

  Object currentContext() {
    try {
      return (Object) currentContext.invokeExact();
    } catch (Throwable fault) {
      throw new IllegalStateException(fault);
    }
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
    call(setKind, builder, kinds[kind.ordinal()]);
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
    call(setStatus, span, statuses[status.ordinal()]);
  }

  void end(Object span) {
    call(end, span);
  }

  boolean isRecording(Object span) {
    return (Boolean) call(isRecording, span);
  }

  /** Returns the trace and span of a span of the application's, with its flags. */
  SpanContext identity(Object span) {
    Object identity = call(spanContext, span);
    return SpanContext.create(
        (String) call(traceId, identity),
        (String) call(spanId, identity),
        (Boolean) call(isSampled, identity) ? TraceFlags.getSampled() : TraceFlags.getDefault(),
        TraceState.getDefault());
  }

  /** Returns the application's constants in the order of Gild's own. */
  private static Object[] like(Enum<?>[] own, Class<?> theirs) {
    Map<String, Object> named = new HashMap<>();
    for (Object each : theirs.getEnumConstants()) {
      named.put(((Enum<?>) each).name(), each);
    }
    Object[] constants = new Object[own.length];
    for (Enum<?> each : own) {
      constants[each.ordinal()] =
          Objects.requireNonNull(named.get(each.name()), () -> theirs + " has no " + each);
    }
    return constants;
  }

  private Object key(AttributeKey<?> own) {
    Object known = keys.get(own);
    return known != null ? known : keys.computeIfAbsent(own, this::made);
  }

  private Object made(AttributeKey<?> own) {
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
      MethodType type = MethodType.methodType(keyType, String.class);
      return MethodHandles.publicLookup().findStatic(keyType, factory, type).invoke(own.getKey());
    } catch (Throwable fault) {
      throw new IllegalStateException(fault);
    }
  }

  private static Object call(MethodHandle handle, Object on) {
    try {
      return (Object) handle.invokeExact(on);
    } catch (Throwable fault) {
      throw new IllegalStateException(fault);
    }
  }

  private static Object call(MethodHandle handle, Object on, Object argument) {
    try {
      return (Object) handle.invokeExact(on, argument);
    } catch (Throwable fault) {
      throw new IllegalStateException(fault);
    }
  }

  private static Object call(MethodHandle handle, Object on, Object one, Object two) {
    try {
      return (Object) handle.invokeExact(on, one, two);
    } catch (Throwable fault) {
      throw new IllegalStateException(fault);
    }
  }

  /** Logs once that the application's API does not fit. */
  static void misfit(Throwable fault) {
    GildLog.faultOnce("Using the application's OpenTelemetry", fault);
  }
}
