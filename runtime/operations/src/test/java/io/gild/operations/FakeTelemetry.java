package io.gild.operations;

import io.gild.judging.CallSamples;
import io.gild.judging.TrafficInterval;
import io.gild.operations.spi.TelemetrySource;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Calls of two versions whose share a {@link FakeTraffic} sets. */
final class FakeTelemetry implements TelemetrySource {

  private final FakeTraffic traffic;
  private final SplittableRandom random = new SplittableRandom(17);
  int callsPerRead = 1_000;
  double stableErrors = 0.01;
  double canaryErrors = 0.01;
  double canaryCost = 0.01;
  String unhealthy = "";
  String incomplete = "";
  @Nullable String broken;

  FakeTelemetry(FakeTraffic traffic) {
    this.traffic = traffic;
  }

  @Override
  public TrafficInterval read() throws RolloutException {
    if (broken != null) {
      throw new RolloutException(broken);
    }
    int canary = callsPerRead * traffic.share / 10_000;
    return new TrafficInterval(
        samples(callsPerRead - canary, stableErrors, 0.01),
        samples(canary, canaryErrors, canaryCost),
        List.of());
  }

  private CallSamples samples(int calls, double errorRate, double cost) {
    long errors = 0;
    double[] latencies = new double[calls];
    double[] costs = new double[calls];
    for (int i = 0; i < calls; i++) {
      errors += random.nextDouble() < errorRate ? 1 : 0;
      latencies[i] = 0.1 - 0.05 * Math.log(1 - random.nextDouble());
      costs[i] = cost * (0.5 + random.nextDouble());
    }
    return new CallSamples(calls, errors, 0, latencies, costs, new double[0]);
  }

  @Override
  public String incomplete() {
    return incomplete;
  }

  @Override
  public String unhealthy(boolean canary) {
    return canary ? unhealthy : "";
  }
}
