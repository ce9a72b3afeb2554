package io.gild.observability;

import io.gild.core.Application;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import java.lang.ref.WeakReference;
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

  /** What an API gives that leads nowhere: one without an SDK is as good as none. */
  private static final String NOWHERE = "DefaultTracer";

  private final @Nullable Tracer own;
  private final @Nullable Application application;

  private volatile @Nullable Tracer tracer;

  /** That of the application, which ends with it. */
  private volatile @Nullable WeakReference<Tracer> hostTracer;

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
   * @param own serves while no other does; {@code null} for none
   */
  Tracers(@Nullable Tracer own) {
    this(own, null);
  }

  private Tracers(@Nullable Tracer own, @Nullable Application application) {
    this.own = own;
    this.application = application;
  }

  /** Returns the same search for one application. */
  Tracers of(Application searched) {
    return new Tracers(own, searched);
  }

  /** Returns the tracer, or null while no one listens. */
  @Nullable Tracer tracer(long now) {
    Tracer known = tracer;
    if (known != null) {
      return known;
    }
    WeakReference<Tracer> host = hostTracer;
    known = host == null ? null : host.get();
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
    tracer = found;
    if (found == null && !unusableHost) {
      found = host();
      hostTracer = found == null ? null : new WeakReference<>(found);
    }
    return found;
  }

  private @Nullable Tracer globalTracer() {
    try {
      OpenTelemetry global = setGlobal();
      return global == null ? null : tracer(global);
    } catch (LinkageError tooOld) {
      unusable = true;
      return null;
    }
  }

  /** Returns the global OpenTelemetry in sight, if there is one by now that leads anywhere. */
  static @Nullable OpenTelemetry usableGlobal() {
    try {
      return setGlobal();
    } catch (LinkageError tooOld) {
      return null;
    }
  }

  private static @Nullable OpenTelemetry setGlobal() {
    OpenTelemetry global = GlobalOpenTelemetry.isSet() ? GlobalOpenTelemetry.get() : null;
    return global == null || leadsNowhere(tracer(global)) ? null : global;
  }

  /** Returns whether a tracer, of whatever copy of the API, makes spans for no one. */
  static boolean leadsNowhere(Object tracer) {
    return tracer.getClass().getSimpleName().endsWith(NOWHERE);
  }

  private @Nullable Tracer host() {
    try {
      return HostTelemetry.find(application == null ? null : application.loader());
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
