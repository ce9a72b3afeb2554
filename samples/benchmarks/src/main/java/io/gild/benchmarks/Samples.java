package io.gild.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.util.ListStatistics;

/** The iterations of one benchmark so far; not thread-safe. */
final class Samples {

  private static final String BYTES = "gc.alloc.rate.norm";

  private final List<Double> wall = new ArrayList<>();
  private final List<Double> cpu = new ArrayList<>();
  private final List<Double> bytes = new ArrayList<>();

  void add(BenchmarkResult fork) {
    for (IterationResult iteration : fork.getIterationResults()) {
      wall.add(iteration.getPrimaryResult().getScore());
      add(cpu, iteration, CpuTimeProfiler.RESULT);
      add(bytes, iteration, BYTES);
    }
  }

  void add(double wallTime, double cpuTime) {
    wall.add(wallTime);
    cpu.add(cpuTime);
  }

  private static void add(List<Double> values, IterationResult iteration, String result) {
    Result<?> measured = iteration.getSecondaryResults().get(result);
    if (measured != null) {
      values.add(measured.getScore());
    }
  }

  Score score() {
    ListStatistics times = statistics(wall);
    return new Score(
        times.getPercentile(50),
        times.getMeanErrorAt(0.999),
        statistics(cpu).getPercentile(50),
        statistics(bytes).getPercentile(50));
  }

  private static ListStatistics statistics(List<Double> values) {
    return new ListStatistics(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
