package io.gild.benchmarks;

import io.gild.config.Policies;
import io.gild.core.CallRefused;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One policy at a time, or none. */
public class SinglePolicyBenchmark extends BenchmarkState {

  /** Meters alone. */
  @State(Scope.Thread)
  public static class Observed {
    final GovernedEcho agent = new GovernedEcho(Policies.of(GovernedEcho.OBSERVE));
  }

  /** A wrapper whose policies are all off. */
  @State(Scope.Thread)
  public static class Ungoverned {
    final GovernedEcho agent = new GovernedEcho(Policies.none());
  }

  /** A breaker that has opened. */
  @State(Scope.Thread)
  public static class Refused {
    final GovernedEcho agent = new GovernedEcho(Policies.of(GovernedEcho.BREAKER));

    /** Opens it. */
    @Setup
    public void open() {
      agent.breakDown();
      fail(() -> agent.answer(Questions.REPEATED));
    }
  }

  /** Resilience4j's breaker that has opened. */
  @State(Scope.Thread)
  public static class RefusedByHand {
    final HandWritten agent = new HandWritten(false, Questions.CACHE_SIZE);

    /** Opens it. */
    @Setup
    public void open() {
      agent.breakDown();
      fail(() -> agent.guarded(Questions.REPEATED));
    }
  }

  private static void fail(Runnable call) {
    for (int i = 0; i < 100; i++) {
      try {
        call.run();
      } catch (IllegalStateException expected) {
        // opens the breaker
      }
    }
  }

  /** Ours, meters alone. */
  @Benchmark
  public String gildObserve(Observed side) {
    return side.agent.answer(question);
  }

  /** Timer and counter by hand. */
  @Benchmark
  public String meter(Sides.ByHand side) {
    return side.agent.metered(question);
  }

  /** Timer with buckets and counter by hand. */
  @Benchmark
  public String meterWithBuckets(Sides.ByHandWithBuckets side) {
    return side.agent.metered(question);
  }

  /** Ours, nothing. */
  @Benchmark
  public String gildNothing(Ungoverned side) {
    return side.agent.answer(question);
  }

  /** The agent itself. */
  @Benchmark
  public String direct(Sides.ByHand side) {
    return side.agent.plain(question);
  }

  /** Ours, refused. */
  @Benchmark
  public Object gildRefusal(Refused side) {
    try {
      return side.agent.answer(question);
    } catch (CallRefused refusal) {
      return refusal;
    }
  }

  /** Resilience4j, refused. */
  @Benchmark
  public Object libraryRefusal(RefusedByHand side) {
    try {
      return side.agent.guarded(question);
    } catch (CallNotPermittedException refusal) {
      return refusal;
    }
  }
}
