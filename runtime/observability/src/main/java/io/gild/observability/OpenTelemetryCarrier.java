package io.gild.observability;

import io.gild.core.spi.ContextCarrier;
import io.opentelemetry.context.Context;

/** Carries the current span to the thread that runs an attempt. */
final class OpenTelemetryCarrier implements ContextCarrier {

  @Override
  public Captured capture() {
    return HostSpan.capture(Context.current());
  }
}
