package io.gild.observability;

import com.google.auto.service.AutoService;
import io.gild.core.spi.ContextCarrier;
import io.opentelemetry.context.Context;

/** Carries the current span to the thread that runs an attempt. */
@AutoService(ContextCarrier.class)
public final class OpenTelemetryCarrier implements ContextCarrier {

  @Override
  public Captured capture() {
    return HostSpan.capture(Context.current());
  }
}
