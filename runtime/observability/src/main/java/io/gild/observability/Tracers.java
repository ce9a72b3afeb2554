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

  private volatile @Nullable Tracer tracer;
  private volatile boolean unusable;

  /** Returns the tracer, or null while nobody listens. */
  @Nullable Tracer tracer() {
    Tracer known = tracer;
    return known != null || unusable ? known : find();
  }

  private @Nullable Tracer find() {
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
