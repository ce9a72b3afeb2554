package io.gild.traffic;

import io.gild.core.GildLog;
import io.gild.judging.CallSamples;
import java.io.IOException;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The calls of one version's process, which complete the counts of a proxy. */
final class FeedSide {

  private final CallFeed feed;
  private final String version;
  private final @Nullable String agent;
  private String problem = "";

  FeedSide(CallFeed feed, String version, @Nullable String agent) {
    this.feed = feed;
    this.version = version;
    this.agent = agent;
  }

  /** Skips what happened before; a process that does not answer yet has none of it later. */
  void start() {
    read();
  }

  /** Returns the calls since the last time; none from a process that does not answer. */
  List<FedCall> read() {
    try {
      List<FedCall> calls = feed.read();
      if (!problem.isEmpty()) {
        problem = "";
        GildLog.info("The calls of the " + version + " version can be read again.");
      }
      return calls.stream()
          .filter(FedCall::ofAgent)
          .filter(call -> agent == null || call.agent().equals(agent))
          .toList();
    } catch (IOException failure) {
      boolean known = !problem.isEmpty();
      problem =
          "The calls of the %s version cannot be read, so its latencies, costs and tokens are unknown: %s"
              .formatted(version, failure.getMessage());
      if (!known) {
        GildLog.info(problem);
      }
      return List.of();
    }
  }

  /** Returns why the calls cannot be read at the moment, or an empty text. */
  String problem() {
    return problem;
  }

  /**
   * Adds the calls of a process to the counts of its proxy. An application may answer a refused
   * call with a 5xx status, which the proxy counts as a fault, so refused calls are taken off the
   * faults, down to the failures that the process knows.
   */
  static CallSamples merged(HaproxyCounters counts, List<FedCall> calls) {
    long requests = counts.requests();
    long refused = Math.min(requests, calls.stream().filter(FedCall::refused).count());
    long failed = calls.stream().filter(FedCall::failed).count();
    long faults = Math.max(failed, counts.faults() - refused);
    return new CallSamples(
        requests,
        Math.max(0, Math.min(faults, requests - refused)),
        refused,
        numbers(calls, FedCall::seconds),
        numbers(calls, FeedSide::cost),
        numbers(calls, FedCall::tokens));
  }

  /** A process reports zero for a call without any tokens, whose price is unknown. */
  private static double cost(FedCall call) {
    return Double.isNaN(call.tokens()) ? Double.NaN : call.usd();
  }

  private static double[] numbers(List<FedCall> calls, ToDoubleFunction<FedCall> number) {
    return calls.stream()
        .filter(FedCall::answered)
        .mapToDouble(number)
        .filter(value -> !Double.isNaN(value))
        .toArray();
  }
}
