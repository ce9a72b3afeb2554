package io.gild.observability;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Collects, while an SDK is configured, the parts that an {@link OwnTracer} needs.
 *
 * <p>If the settings require more than that tracer supports, such as limits to attributes, the SDK
 * makes the spans itself.
 */
final class OwnSpanPath {

  private final LostSpans lost;
  private @Nullable Resource resource;
  private CountedSpans.@Nullable Queue queue;
  private boolean several;

  OwnSpanPath(LostSpans lost) {
    this.lost = lost;
  }

  Resource of(Resource configured) {
    resource = configured;
    return configured;
  }

  SpanProcessor through(SpanProcessor configured) {
    several = queue != null;
    queue = new CountedSpans.Queue(configured, lost);
    return queue;
  }

  /** Returns the tracer of the configured SDK. */
  Tracer tracer(OpenTelemetrySdk sdk, SemanticConventions conventions) {
    SdkTracerProvider provider = sdk.getSdkTracerProvider();
    Resource known = resource;
    CountedSpans.Queue counted = queue;
    return known != null
            && !several
            && counted != null
            && counted.queue() instanceof BatchSpanProcessor
            && provider.getSpanLimits().equals(SpanLimits.getDefault())
        ? new OwnTracer(provider.getSampler(), counted, known, Clock.getDefault(), conventions)
        : Tracers.tracer(sdk, conventions);
  }
}
