package io.gild.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A call of an agent that a javaagent may have woven; what it does is up to the JVM's flags. */
public class WovenBenchmark extends BenchmarkState {

  /** An agent that knows nothing of Gild. */
  @State(Scope.Thread)
  public static class Plain {
    final EchoAgent agent = new EchoAgent();
  }

  /** The call. */
  @Benchmark
  public String call(Plain side) {
    return side.agent.answer(question);
  }
}
