package io.gild.observability;

import io.gild.core.CallListeners;
import io.gild.core.ContentCaptured;
import io.gild.core.GildLog;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import org.jspecify.annotations.Nullable;

/** Makes {@link ObserveStage}s. */
final class ObserveProvider implements StageProvider {

  @Override
  public Phase phase() {
    return Phase.OBSERVE;
  }

  @Override
  public Class<ObservePolicy> policy() {
    return ObservePolicy.class;
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    ObservePolicy policy = context.policies().get(ObservePolicy.class);
    if (policy == null) {
      return null;
    }
    Telemetry telemetry =
        context.runtime().shared(Telemetry.class, Telemetry::start).export(context.runtime());
    if (policy.spans()) {
      context.runtime().shared(HttpSpans.class, runtime -> listening(context.listeners()));
    }
    if (policy.metrics()) {
      context
          .runtime()
          .shared(Throttling.class, runtime -> listening(context.listeners(), telemetry));
    }
    MethodMeters meters = policy.metrics() ? telemetry.meters(context.method()) : null;
    CallLog log = policy.log() ? telemetry.callLog() : null;
    ContentCapture content = content(policy, telemetry, context);
    boolean putsIds = LoggingContext.isUsed(context.method());
    return policy.spans() || meters != null || log != null || content != null || putsIds
        ? new ObserveStage(
            policy.spans() ? telemetry.tracers(context.method().application()) : null,
            meters,
            log,
            telemetry.hasExemplars(),
            new CallSpans(
                context.spec(),
                telemetry.conventions(),
                content,
                context.runtime().settings().get(Observability.SECTION).traces()),
            putsIds,
            context)
        : null;
  }

  private static @Nullable ContentCapture content(
      ObservePolicy policy, Telemetry telemetry, StageContext context) {
    if (!policy.content()) {
      return null;
    }
    if (!policy.spans()) {
      GildLog.infoOnce(
          "observe.content is on where observe.spans is false: the prompts and answers are in no"
              + " spans, and only a console shows them");
    }
    Observability settings = context.runtime().settings().get(Observability.SECTION);
    return new ContentCapture(
        context.spec(),
        ContentCapture.scrubber(settings),
        telemetry.conventions(),
        settings.contentMaxBytes(),
        context.runtime().events().channel(ContentCaptured.class));
  }

  private static Throttling listening(CallListeners listeners, Telemetry telemetry) {
    Throttling throttling = new Throttling(telemetry.meters());
    listeners.add(throttling);
    return throttling;
  }

  private static HttpSpans listening(CallListeners listeners) {
    HttpSpans spans = new HttpSpans();
    listeners.add(spans);
    return spans;
  }
}
