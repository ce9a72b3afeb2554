package io.gild.benchmarks;

import io.gild.benchmarks.BenchmarkComparison.Baseline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.openjdk.jmh.runner.RunnerException;

/** The comparisons of the call pipeline. */
final class EngineSuite implements Suite {

  private static final Baseline SPRING =
      Baseline.framework("spring", "GovernedCallBenchmark.spring");
  private static final Baseline LIBRARY = new Baseline("library", "GovernedCallBenchmark.library");
  private static final Baseline LIBRARY_BUCKETS =
      new Baseline("library+buckets", "GovernedCallBenchmark.libraryWithBuckets");
  private static final Baseline STRAIGHT =
      new Baseline("straight", "GovernedCallBenchmark.straightLine");
  private static final Baseline STRAIGHT_BUCKETS =
      new Baseline("straight+buckets", "GovernedCallBenchmark.straightLineWithBuckets");

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
    return List.of(
        BenchmarkComparison.of(
            "governed-call",
            "GovernedCallBenchmark.gild",
            LIBRARY,
            LIBRARY_BUCKETS,
            STRAIGHT,
            STRAIGHT_BUCKETS,
            SPRING),
        BenchmarkComparison.of(
            "governed-call-span", "GovernedCallBenchmark.gildWithSpan", LIBRARY_BUCKETS),
        BenchmarkComparison.of(
            "cache-miss",
            "CacheBenchmark.gildMiss",
            new Baseline("library", "CacheBenchmark.libraryMiss"),
            new Baseline("library+buckets", "CacheBenchmark.libraryWithBucketsMiss"),
            Baseline.framework("spring", "CacheBenchmark.springMiss")),
        BenchmarkComparison.of(
            "cache-hit",
            "CacheBenchmark.gildHit",
            new Baseline("library", "CacheBenchmark.libraryHit"),
            Baseline.framework("spring", "CacheBenchmark.springHit")),
        BenchmarkComparison.of(
            "cache-hit-lenient",
            "CacheBenchmark.gildLenientHit",
            new Baseline("library", "CacheBenchmark.libraryHit")),
        BenchmarkComparison.of(
            "cache-hit-observed",
            "CacheBenchmark.gildObservedHit",
            new Baseline("library", "CacheBenchmark.libraryHit")),
        BenchmarkComparison.of(
            "observe-only",
            "SinglePolicyBenchmark.gildObserve",
            new Baseline("meter", "SinglePolicyBenchmark.meter"),
            new Baseline("meter+buckets", "SinglePolicyBenchmark.meterWithBuckets")),
        BenchmarkComparison.of(
            "no-policies",
            "SinglePolicyBenchmark.gildNothing",
            new Baseline("direct", "SinglePolicyBenchmark.direct")),
        BenchmarkComparison.of(
            "open-breaker",
            "SinglePolicyBenchmark.gildRefusal",
            new Baseline("library", "SinglePolicyBenchmark.libraryRefusal")));
  }
}
