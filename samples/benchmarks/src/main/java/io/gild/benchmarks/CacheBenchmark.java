package io.gild.benchmarks;

import io.gild.config.Policies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A cache in front of a call: every question is new, or already cached. */
public class CacheBenchmark extends BenchmarkState {

  /** The questions in their cycle. */
  @State(Scope.Thread)
  public static class Asked {
    final Questions questions = new Questions();
  }

  /** A cache and all other policies behind it. */
  @State(Scope.Thread)
  public static class Gild {
    final GovernedEcho agent =
        new GovernedEcho(GovernedEcho.sturdy(GovernedEcho.cache(Questions.CACHE_SIZE, false)));
  }

  /** A cache alone. */
  @State(Scope.Thread)
  public static class GildCache {
    final GovernedEcho agent =
        new GovernedEcho(Policies.of(GovernedEcho.cache(Questions.CACHE_SIZE, false)));
  }

  /** A cache that normalizes questions. */
  @State(Scope.Thread)
  public static class GildLenientCache {
    final GovernedEcho agent =
        new GovernedEcho(Policies.of(GovernedEcho.cache(Questions.CACHE_SIZE, true)));
  }

  /** Ours, every question new. */
  @Benchmark
  public String gildMiss(Gild side, Asked asked) {
    return side.agent.answer(asked.questions.next());
  }

  /** By hand, every question new. */
  @Benchmark
  public String libraryMiss(Sides.ByHand side, Asked asked) {
    return side.agent.cached(asked.questions.next());
  }

  /** By hand with buckets, every question new. */
  @Benchmark
  public String libraryWithBucketsMiss(Sides.ByHandWithBuckets side, Asked asked) {
    return side.agent.cached(asked.questions.next());
  }

  /** Spring AOP, every question new. */
  @Benchmark
  public String springMiss(Sides.BySpring side, Asked asked) {
    return side.agent.cached(asked.questions.next());
  }

  /** Ours, a known question. */
  @Benchmark
  public String gildHit(GildCache side) {
    return side.agent.answer(question);
  }

  /** Ours, a known question that is normalized first. */
  @Benchmark
  public String gildLenientHit(GildLenientCache side) {
    return side.agent.answer(question);
  }

  /** Ours, a known question with all other policies behind the cache. */
  @Benchmark
  public String gildObservedHit(Gild side) {
    return side.agent.answer(question);
  }

  /** By hand, a known question. */
  @Benchmark
  public String libraryHit(Sides.ByHand side) {
    return side.agent.cached(question);
  }

  /** Spring's cache, a known question. */
  @Benchmark
  public String springHit(Sides.BySpring side) {
    return side.agent.cached(question);
  }
}
