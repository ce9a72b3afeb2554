package io.gild.benchmarks;

import io.gild.benchmarks.Comparison.Baseline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs all sides of a comparison in turn, a fresh JVM each, round after round, so that whatever
 * else the machine does befalls all of them.
 */
final class Contest {

  private final Effort effort;
  private final Consumer<String> progress;

  Contest(Effort effort, Consumer<String> progress) {
    this.effort = effort;
    this.progress = progress;
  }

  List<Row> run(Comparison comparison) throws RunnerException {
    Map<String, Samples> samples = new LinkedHashMap<>();
    samples.put(comparison.ours(), new Samples());
    comparison.baselines().forEach(other -> samples.put(other.benchmark(), new Samples()));
    for (int round = 1; round <= effort.rounds(); round++) {
      progress.accept(comparison.name() + ", round " + round + " of " + effort.rounds());
      for (Map.Entry<String, Samples> side : samples.entrySet()) {
        Fork.run(side.getKey(), effort, side.getValue());
      }
    }
    Score ours = samples.get(comparison.ours()).score();
    return comparison.baselines().stream()
        .map(other -> row(comparison, ours, other, samples.get(other.benchmark()).score()))
        .toList();
  }

  private static Row row(Comparison comparison, Score ours, Baseline other, Score baseline) {
    return new Row(comparison.name() + " / " + other.name(), ours, baseline);
  }
}
