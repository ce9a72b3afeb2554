package io.gild.benchmarks;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The sides of several comparisons, each created only in the JVM that measures it. */
public final class Sides {

  private Sides() {}

  /** By hand, with a plain timer. */
  @State(Scope.Thread)
  public static class ByHand {
    final HandWritten agent = new HandWritten(false, Questions.CACHE_SIZE);
  }

  /** By hand, with a timer that has Gild's buckets. */
  @State(Scope.Thread)
  public static class ByHandWithBuckets {
    final HandWritten agent = new HandWritten(true, Questions.CACHE_SIZE);
  }

  /** By Spring's annotations. */
  @State(Scope.Thread)
  public static class BySpring {
    private final SpringStyle spring = new SpringStyle(Questions.CACHE_SIZE);
    final SpringStyle.Agent agent = spring.agent();

    /** Ends the application. */
    @TearDown
    public void close() {
      spring.close();
    }
  }
}
