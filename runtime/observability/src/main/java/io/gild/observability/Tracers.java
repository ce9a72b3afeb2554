package io.gild.observability;

import io.gild.core.Application;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Finds a tracer: of the visible global OpenTelemetry, or of OpenTelemetry's javaagent; else of the
 * application that Gild is attached to; else of Gild's own SDK.
 *
 * <p>It never sets a global OpenTelemetry: an early request would make the application's later
 * registration fail.
 */
final class Tracers {

  static final String SCOPE = "io.gild";

  /** The search takes a lock that all threads of the application share. */
  private static final long NANOS_BETWEEN_LOOKS = 10_000_000;

  /** The no-op provider of an API: an API without an SDK counts as missing. */
  private static final String NOWHERE = "DefaultTracer";

  private final @Nullable Tracer own;
  private final SemanticConventions conventions;
  private final @Nullable Application application;

  private volatile @Nullable Tracer tracer;

  /** The application's tracer, which ends with the application. */
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
   * @param own used while there is no other; {@code null} for none
   */
  Tracers(@Nullable Tracer own) {
    this(own, SemanticConventions.V1_41);
  }

  /**
   * Creates the search.
   *
   * @param own used while there is no other; {@code null} for none
   * @param conventions those of the spans
   */
  Tracers(@Nullable Tracer own, SemanticConventions conventions) {
    this(own, conventions, null);
  }

  private Tracers(
      @Nullable Tracer own, SemanticConventions conventions, @Nullable Application application) {
    this.own = own;
    this.conventions = conventions;
    this.application = application;
  }

  /** Returns the same search for one application. */
  Tracers of(Application searched) {
    return new Tracers(own, conventions, searched);
  }

  /** Returns the tracer, or null while spans are not exported. */
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
      return global == null ? null : tracer(global, conventions);
    } catch (LinkageError tooOld) {
      unusable = true;
      return null;
    }
  }

  /** Returns the visible global OpenTelemetry, if there is one by now that exports. */
  static @Nullable OpenTelemetry usableGlobal() {
    try {
      return setGlobal();
    } catch (LinkageError tooOld) {
      return null;
    }
  }

  private static @Nullable OpenTelemetry setGlobal() {
    OpenTelemetry global = GlobalOpenTelemetry.isSet() ? GlobalOpenTelemetry.get() : null;
    return global == null || leadsNowhere(tracer(global, SemanticConventions.V1_41))
        ? null
        : global;
  }

  /** Returns whether a tracer, of any copy of the API, makes spans that are not exported. */
  static boolean leadsNowhere(Object tracer) {
    return tracer.getClass().getSimpleName().endsWith(NOWHERE);
  }

  private @Nullable Tracer host() {
    try {
      return HostTelemetry.find(
          application == null ? null : application.loader(), conventions.schemaUrl());
    } catch (Throwable misfit) {
      unusableHost = true;
      HostTelemetry.misfit(misfit);
      return null;
    }
  }

  /** Returns Gild's tracer of an OpenTelemetry. */
  static Tracer tracer(OpenTelemetry telemetry, SemanticConventions conventions) {
    return telemetry.tracerBuilder(SCOPE).setSchemaUrl(conventions.schemaUrl()).build();
  }
}
