package io.gild.testkit;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The behaviour of a provider, as its builder collected it. */
record Conduct(
    long seed,
    Answerer answerer,
    Latency latency,
    Map<String, Latency> latencies,
    Faults faults,
    Map<String, Faults> faultsByModel,
    Duration retryAfter,
    Duration stall,
    List<String> models,
    Clock clock) {

  Latency latencyOf(String model) {
    return latencies.getOrDefault(model, latency);
  }

  Fault faultOf(String model, long sequence) {
    return faultsByModel.getOrDefault(model, faults).of(seed, sequence);
  }
}
