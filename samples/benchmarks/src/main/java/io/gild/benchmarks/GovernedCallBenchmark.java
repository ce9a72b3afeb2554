package io.gild.benchmarks;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Observe, bulkhead, retry and breaker around a call that succeeds. */
public class GovernedCallBenchmark extends BenchmarkState {

  /** No OpenTelemetry is registered, as in an application without it. */
  @State(Scope.Thread)
  public static class Gild {
    final GovernedEcho agent = new GovernedEcho(GovernedEcho.sturdy());
  }

  /** A no-op OpenTelemetry is registered, so that spans are created and dropped. */
  @State(Scope.Thread)
  public static class GildWithSpan {
    final GovernedEcho agent = new GovernedEcho(GovernedEcho.sturdy());

    /** Registers the no-op OpenTelemetry. */
    @Setup
    public void register() {
      GlobalOpenTelemetry.set(OpenTelemetry.noop());
    }
  }

  /** Ours. */
  @Benchmark
  public String gild(Gild side) {
    return side.agent.answer(question);
  }

  /** Ours, with a span that is dropped. */
  @Benchmark
  public String gildWithSpan(GildWithSpan side) {
    return side.agent.answer(question);
  }

  /** Decorators. */
  @Benchmark
  public String library(Sides.ByHand side) {
    return side.agent.libraryStyle(question);
  }

  /** Decorators, the timer with buckets. */
  @Benchmark
  public String libraryWithBuckets(Sides.ByHandWithBuckets side) {
    return side.agent.libraryStyle(question);
  }

  /** Low-level calls in one method. */
  @Benchmark
  public String straightLine(Sides.ByHand side) {
    return side.agent.straightLine(question);
  }

  /** Low-level calls in one method, the timer with buckets. */
  @Benchmark
  public String straightLineWithBuckets(Sides.ByHandWithBuckets side) {
    return side.agent.straightLine(question);
  }

  /** Spring AOP. */
  @Benchmark
  public String spring(Sides.BySpring side) {
    return side.agent.answer(question);
  }
}
