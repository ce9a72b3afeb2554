package io.gild.observability;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the application's tracer without ever claiming the global one: asking for it too early
 * would make the application's own later registration fail.
 */
final class Tracers {

  private static final String SCOPE = "io.gild";
  private static final String SCHEMA_URL = "https://opentelemetry.io/schemas/1.41.1";

  /** Looking takes a lock that all threads of the application share. */
  private static final long NANOS_BETWEEN_LOOKS = 10_000_000;

  private volatile @Nullable Tracer tracer;
  private volatile boolean unusable;
  private volatile boolean looked;
  private volatile long lookedAt;

  /** Returns the tracer, or null while nobody listens. */
  @Nullable Tracer tracer(long now) {
    Tracer known = tracer;
    return known != null || unusable || isTooEarly(now) ? known : find(now);
  }

  private boolean isTooEarly(long now) {
    return looked && now - lookedAt < NANOS_BETWEEN_LOOKS;
  }

  private @Nullable Tracer find(long now) {
    lookedAt = now;
    looked = true;
    try {
      if (GlobalOpenTelemetry.isSet()) {
        tracer = GlobalOpenTelemetry.get().tracerBuilder(SCOPE).setSchemaUrl(SCHEMA_URL).build();
      }
    } catch (LinkageError tooOld) {
      unusable = true;
    }
    return tracer;
  }
}
