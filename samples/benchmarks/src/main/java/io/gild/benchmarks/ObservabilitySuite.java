package io.gild.benchmarks;

import io.gild.benchmarks.AnomalyMeasurements.Rate;
import io.gild.benchmarks.BenchmarkComparison.Baseline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What it costs to see agents, and how soon their faults are found. */
final class ObservabilitySuite {

  /** Calls are up to this part slower at the busiest time of a day. */
  private static final double DAILY = 0.3;

  private static final int AGENTS = 511;
  private static final String CALL = "WovenBenchmark.call";

  private static final String WITH_CONSOLE = WatchedJvm.OBSERVED + "console: {port: 0}\n";

  private static final String SAMPLED_OUT =
      WatchedJvm.OBSERVED + "observability: {traces: {sample: 0}}\n";

  private final BenchmarkOptions options;
  private final List<Row> rows = new ArrayList<>();

  private ObservabilitySuite(BenchmarkOptions options) {
    this.options = options;
  }

  static List<Row> run(BenchmarkOptions options, Consumer<String> progress) throws Exception {
    ObservabilitySuite suite = new ObservabilitySuite(options);
    suite.calls(progress);
    suite.measure("scrape-511", name -> Scrapes.of(name, AGENTS));
    suite.pages();
    boolean quick = options.effort().rounds() < Effort.USUAL.rounds();
    suite.measure("sustained-1000", name -> SustainedLoad.of(name, quick));
    AnomalyMeasurements anomalies = new AnomalyMeasurements(quick, progress);
    suite.measure("mttd-1-per-second", name -> anomalies.timeToDetect(name, Rate.BUSY));
    suite.measure("mttd-3-per-minute", name -> anomalies.timeToDetect(name, Rate.RARE));
    suite.measure("false-flags", name -> anomalies.falseFlags(name, Rate.BUSY, 0));
    suite.measure("false-flags-3-per-minute", name -> anomalies.falseFlags(name, Rate.RARE, 0));
    suite.measure(
        "false-flags-daily-pattern", name -> anomalies.falseFlags(name, Rate.RARE, DAILY));
    return suite.rows;
  }

  /** Measures the console's page, whose rows share one server. */
  private void pages() throws Exception {
    List<String> names =
        Stream.of("console-first-paint", "console-30k-spans")
            .filter(name -> name.startsWith(options.only()))
            .toList();
    if (!names.isEmpty()) {
      rows.addAll(ConsolePages.of(names, AGENTS));
    }
  }

  private interface Measurement {
    Row of(String name) throws Exception;
  }

  private void measure(String name, Measurement measurement) throws Exception {
    if (name.startsWith(options.only())) {
      rows.add(measurement.of(name));
    }
  }

  /** Measures calls that are woven and watched, each side in JVMs of its own. */
  private void calls(Consumer<String> progress) throws Exception {
    Contest contest = new Contest(options.effort(), progress);
    for (BenchmarkComparison comparison : comparisons()) {
      if (comparison.name().startsWith(options.only())) {
        rows.addAll(contest.run(comparison));
      }
    }
  }

  private static List<BenchmarkComparison> comparisons() {
    String observed = Agents.gild(WatchedJvm.file(WatchedJvm.OBSERVED));
    String[] other = {Agents.openTelemetry(), WatchedJvm.METHODS};
    return List.of(
        new BenchmarkComparison(
            "observe-only",
            CALL,
            WatchedJvm.exporting(observed),
            List.of(new Baseline("opentelemetry-methods", CALL, 1, WatchedJvm.exporting(other)))),
        new BenchmarkComparison(
            "sampled-out",
            CALL,
            WatchedJvm.exporting(Agents.gild(WatchedJvm.file(SAMPLED_OUT))),
            List.of(
                new Baseline("without-spans", CALL, 1, List.of(observed)),
                new Baseline("opentelemetry-methods", CALL, 1, sampledOut(other)))),
        new BenchmarkComparison(
            "console-unwatched",
            CALL,
            List.of(Agents.gild(WatchedJvm.file(WITH_CONSOLE))),
            List.of(new Baseline("no-console", CALL, 1, List.of(observed)))));
  }

  /** Spans would be exported, but the sampler drops all of them. */
  private static List<String> sampledOut(String... flags) {
    List<String> all = new ArrayList<>(WatchedJvm.exporting(flags));
    all.add("-Dotel.traces.sampler=always_off");
    return all;
  }
}
