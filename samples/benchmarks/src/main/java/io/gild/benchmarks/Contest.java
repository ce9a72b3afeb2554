package io.gild.benchmarks;

import io.gild.benchmarks.BenchmarkComparison.Baseline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs all sides of a comparison in turn, a fresh JVM each, round after round, so that other load
 * on the machine affects all of them.
 */
final class Contest {

  private final Effort effort;
  private final Consumer<String> progress;

  Contest(Effort effort, Consumer<String> progress) {
    this.effort = effort;
    this.progress = progress;
  }

  List<Row> run(BenchmarkComparison comparison) throws RunnerException {
    Samples ours = new Samples();
    Map<Baseline, Samples> others = new LinkedHashMap<>();
    comparison.baselines().forEach(other -> others.put(other, new Samples()));
    for (int round = 1; round <= effort.rounds(); round++) {
      progress.accept(comparison.name() + ", round " + round + " of " + effort.rounds());
      Fork.run(comparison.ours(), effort, comparison.flags(), ours);
      for (Map.Entry<Baseline, Samples> other : others.entrySet()) {
        Baseline baseline = other.getKey();
        Fork.run(
            baseline.benchmark(),
            effort.warmedUp(baseline.warmup()),
            baseline.flags(),
            other.getValue());
      }
    }
    List<Row> rows = new ArrayList<>();
    others.forEach((baseline, samples) ->
        rows.add(
            new Row(
                comparison.name() + " / " + baseline.name(),
                "ns/op",
                ours.score(),
                samples.score())));
    return rows;
  }
}
