package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.HttpAttempt;
import io.gild.core.spi.CallListener;
import io.gild.core.spi.MeterRecorder;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts the physical requests that providers reject as too many. */
final class Throttling implements CallListener {

  private static final int TOO_MANY_REQUESTS = 429;

  private final Telemetry telemetry;

  Throttling(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  /** Makes the series before the first rejection. */
  static void register(MicrometerMeters meters, String agent, String provider) {
    recorder(meters, agent, provider);
  }

  private static MeterRecorder recorder(
      MicrometerMeters meters, String agent, @Nullable String provider) {
    return meters.recorder(
        ObservabilityMeter.THROTTLED.spec(),
        List.of(agent, provider == null ? "unknown" : provider));
  }

  @Override
  public @Nullable Consumer<HttpAttempt> onHttpAttempt(HttpAttempt attempt) {
    AgentCall call = attempt.call();
    if (call == null || !isMetered(call)) {
      return null;
    }
    String agent = ModelMeters.outermost(call);
    String provider = call.provider();
    return ended -> {
      if (ended.status() == TOO_MANY_REQUESTS) {
        recorder(telemetry.meters(), agent, provider).record(1);
      }
    };
  }

  private static boolean isMetered(AgentCall call) {
    ObservePolicy policy = call.method().policies().get(ObservePolicy.class);
    return policy != null && policy.metrics();
  }
}
