package io.gild.benchmarks;

import io.gild.benchmarks.BenchmarkComparison.Baseline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private static final String OBSERVED =
      """
      mode: observe
      agents:
        - match: io.gild.benchmarks.EchoAgent#answer
          name: support
      """;

  private static final String METHODS =
      "-Dotel.instrumentation.methods.include=io.gild.benchmarks.EchoAgent[answer]";

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
    both.add(Agents.gild(file(OBSERVED)));
    List<String> methods = new ArrayList<>(QUIET);
    methods.add(Agents.openTelemetry());
    methods.add(METHODS);
    return List.of(
        new BenchmarkComparison(
            "woven-call",
            CALL,
            List.of(Agents.gild(file(STURDY))),
            List.of(
                new Baseline("library+buckets", "GovernedCallBenchmark.libraryWithBuckets"),
                new Baseline("straight+buckets", "GovernedCallBenchmark.straightLineWithBuckets"))),
        new BenchmarkComparison(
            "woven-off",
            CALL,
            List.of(Agents.gild(file(OFF))),
            List.of(new Baseline("unwoven", CALL))),
        new BenchmarkComparison(
            "woven-span",
            CALL,
            both,
            List.of(new Baseline("opentelemetry-methods", CALL, 1, methods))),
        new BenchmarkComparison(
            "woven-span-alone",
            CALL,
            exporting(Agents.gild(file(OBSERVED))),
            List.of(
                new Baseline(
                    "opentelemetry-methods", CALL, 1, exporting(Agents.openTelemetry(), METHODS)))),
        new BenchmarkComparison(
            "woven-span-application",
            "SpanBenchmark.woven",
            List.of(Agents.gild(file(OBSERVED))),
            List.of(new Baseline("by-hand", "SpanBenchmark.byHand"))));
  }

  /** Both sides export spans to a port without a listener, and try once. */
  private static List<String> exporting(String... flags) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "-Dotel.traces.exporter=otlp",
                "-Dotel.exporter.otlp.endpoint=http://127.0.0.1:9",
                "-Dotel.java.exporter.otlp.retry.disabled=true",
                "-Dotel.metrics.exporter=none",
                "-Dotel.logs.exporter=none"));
    all.addAll(List.of(flags));
    return all;
  }

  private static Path file(String yaml) {
    try {
      Path file = Files.createTempFile("gild-bench", ".yaml");
      file.toFile().deleteOnExit();
      return Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
