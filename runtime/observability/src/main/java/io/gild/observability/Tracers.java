package io.gild.observability;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import org.jspecify.annotations.Nullable;

/**
 * Finds a tracer: that of the global OpenTelemetry in sight, or of OpenTelemetry's javaagent; else
 * that of the application that Gild is attached to; else of an SDK of one's own.
 *
 * <p>No global one is ever claimed: asking for it too early would make the application's own later
 * registration fail.
 */
final class Tracers {

  static final String SCOPE = "io.gild";
  static final String SCHEMA_URL = "https://opentelemetry.io/schemas/1.41.1";

  /** Looking takes a lock that all threads of the application share. */
  private static final long NANOS_BETWEEN_LOOKS = 10_000_000;

  private volatile @Nullable Tracer tracer;
  private final @Nullable Tracer own;
  private volatile boolean unusable;
  private volatile boolean unusableHost;
  private volatile boolean looked;
  private volatile long lookedAt;

  Tracers() {
    this(null);
  }

  /**
   * Creates the search.
   *
   * @param own serves while nobody else does; {@code null} for none
   */
  Tracers(@Nullable Tracer own) {
    this.own = own;
  }

  /** Returns the tracer, or null while nobody listens. */
  @Nullable Tracer tracer(long now) {
    Tracer known = tracer;
    if (known != null) {
      return known;
    }
    Tracer found = isTooEarly(now) ? null : find(now);
    return found == null ? own : found;
  }

  private boolean isTooEarly(long now) {
    return looked && now - lookedAt < NANOS_BETWEEN_LOOKS;
  }

  private @Nullable Tracer find(long now) {
    lookedAt = now;
    looked = true;
    Tracer found = unusable ? null : globalTracer();
    if (found == null && !unusableHost) {
      found = host();
    }
    tracer = found;
    return found;
  }

  private @Nullable Tracer globalTracer() {
    try {
      return GlobalOpenTelemetry.isSet() ? tracer(GlobalOpenTelemetry.get()) : null;
    } catch (LinkageError tooOld) {
      unusable = true;
      return null;
    }
  }

  /** Returns the global OpenTelemetry in sight, if there is one by now. */
  static @Nullable OpenTelemetry global() {
    try {
      return GlobalOpenTelemetry.isSet() ? GlobalOpenTelemetry.get() : null;
    } catch (LinkageError tooOld) {
      return null;
    }
  }

  private @Nullable Tracer host() {
    try {
      HostTelemetry host = HostTelemetry.find(SCOPE, SCHEMA_URL);
      return host == null ? null : name -> new HostSpanBuilder(host, host.spanBuilder(name));
    } catch (Throwable misfit) {
      unusableHost = true;
      HostTelemetry.misfit(misfit);
      return null;
    }
  }

  /** Returns the tracer that an OpenTelemetry has for Gild. */
  static Tracer tracer(OpenTelemetry telemetry) {
    return telemetry.tracerBuilder(SCOPE).setSchemaUrl(SCHEMA_URL).build();
  }
}
