package io.gild.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A call of an agent that a javaagent may have woven; the JVM's flags decide. */
public class WovenBenchmark extends BenchmarkState {

  /** An agent without a reference to Gild. */
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
