package io.gild.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A JVM that calls an agent at a steady rate and prints how much heap its objects take. */
final class SteadyProcess {

  static final int PER_SECOND = 1_000;

  /** Parts of the time; the first one warms up. */
  static final int PARTS = 10;

  private static final long MOST_LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private SteadyProcess() {}

  /** Calls for the given seconds; prints the bytes in use after each tenth of them. */
  public static void main(String[] arguments) {
    EchoAgent agent = new EchoAgent();
    long calls = Long.parseLong(arguments[0]) * PER_SECOND;
    long interval = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
    long start = System.nanoTime();
    for (long i = 0; i < calls; i++) {
      long late = System.nanoTime() - start - i * interval;
      if (late > MOST_LATE_NANOS) {
        start += late; // a pause, such as of loading classes, is not followed by a burst
      }
      while (System.nanoTime() - start < i * interval) {
        LockSupport.parkNanos(interval / 2);
      }
      agent.answer("question " + i);
      if ((i + 1) % (calls / PARTS) == 0) {
        System.out.println(usedBytes());
      }
    }
  }

  private static long usedBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
