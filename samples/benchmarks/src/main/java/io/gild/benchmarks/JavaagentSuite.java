package io.gild.benchmarks;

import io.gild.benchmarks.BenchmarkComparison.Baseline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.openjdk.jmh.runner.RunnerException;

/** Calls of a woven method beside the same by hand, and beside OpenTelemetry's javaagent. */
final class JavaagentSuite implements Suite {

  private static final String CALL = "WovenBenchmark.call";

  private static final String STURDY =
      """
      mode: enforce
      agents:
        - match: io.gild.benchmarks.EchoAgent#answer
          name: support
          retry: {max-attempts: 3, wait-duration: 10ms}
          bulkhead: {max-concurrent-calls: 64}
          circuit-breaker: {minimum-number-of-calls: 100, sliding-window-size: 100}
      observability: {prometheus-port: 0}
      """;

  private static final String OFF =
      """
      enabled: false
      agents:
        - match: io.gild.benchmarks.EchoAgent#answer
          name: support
      """;

  private static final List<String> QUIET =
      List.of(
          "-Dotel.traces.exporter=none",
          "-Dotel.metrics.exporter=none",
          "-Dotel.logs.exporter=none");

  @Override
  public List<Row> run(BenchmarkOptions options, Consumer<String> progress) throws RunnerException {
    Contest contest = new Contest(options.effort(), progress);
    List<Row> rows = new ArrayList<>();
    for (BenchmarkComparison comparison : comparisons()) {
      if (comparison.name().startsWith(options.only())) {
        rows.addAll(contest.run(comparison));
      }
    }
    return rows;
  }

  private static List<BenchmarkComparison> comparisons() {
    List<String> both = new ArrayList<>(QUIET);
    both.add(Agents.openTelemetry());
    both.add(Agents.gild(WatchedJvm.file(WatchedJvm.OBSERVED)));
    List<String> methods = new ArrayList<>(QUIET);
    methods.add(Agents.openTelemetry());
    methods.add(WatchedJvm.METHODS);
    return List.of(
        new BenchmarkComparison(
            "woven-call",
            CALL,
            List.of(Agents.gild(WatchedJvm.file(STURDY))),
            List.of(
                new Baseline("library+buckets", "GovernedCallBenchmark.libraryWithBuckets"),
                new Baseline("straight+buckets", "GovernedCallBenchmark.straightLineWithBuckets"))),
        new BenchmarkComparison(
            "woven-off",
            CALL,
            List.of(Agents.gild(WatchedJvm.file(OFF))),
            List.of(new Baseline("unwoven", CALL))),
        new BenchmarkComparison(
            "woven-span",
            CALL,
            both,
            List.of(new Baseline("opentelemetry-methods", CALL, 1, methods))),
        new BenchmarkComparison(
            "woven-span-alone",
            CALL,
            WatchedJvm.exporting(Agents.gild(WatchedJvm.file(WatchedJvm.OBSERVED))),
            List.of(
                new Baseline(
                    "opentelemetry-methods",
                    CALL,
                    1,
                    WatchedJvm.exporting(Agents.openTelemetry(), WatchedJvm.METHODS)))),
        new BenchmarkComparison(
            "woven-span-application",
            "SpanBenchmark.woven",
            List.of(Agents.gild(WatchedJvm.file(WatchedJvm.OBSERVED))),
            List.of(new Baseline("by-hand", "SpanBenchmark.byHand"))));
  }
}
