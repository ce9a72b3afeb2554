package io.gild.benchmarks;

import io.gild.benchmarks.AnomalyMeasurements.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What it costs to see agents, and how soon their faults are found. */
final class ObservabilitySuite {

  /** Calls are up to this part slower at the busiest time of a day. */
  private static final double DAILY = 0.3;

  private final BenchmarkOptions options;
  private final List<Row> rows = new ArrayList<>();

  private ObservabilitySuite(BenchmarkOptions options) {
    this.options = options;
  }

  static List<Row> run(BenchmarkOptions options, Consumer<String> progress) throws Exception {
    ObservabilitySuite suite = new ObservabilitySuite(options);
    boolean quick = options.effort().rounds() < Effort.USUAL.rounds();
    AnomalyMeasurements anomalies = new AnomalyMeasurements(quick, progress);
    suite.measure("mttd-1-per-second", name -> anomalies.timeToDetect(name, Rate.BUSY));
    suite.measure("mttd-3-per-minute", name -> anomalies.timeToDetect(name, Rate.RARE));
    suite.measure("false-flags", name -> anomalies.falseFlags(name, Rate.BUSY, 0));
    suite.measure("false-flags-3-per-minute", name -> anomalies.falseFlags(name, Rate.RARE, 0));
    suite.measure(
        "false-flags-daily-pattern", name -> anomalies.falseFlags(name, Rate.RARE, DAILY));
    return suite.rows;
  }

  private interface Measurement {
    Row of(String name) throws Exception;
  }

  private void measure(String name, Measurement measurement) throws Exception {
    if (name.startsWith(options.only())) {
      rows.add(measurement.of(name));
    }
  }
}
