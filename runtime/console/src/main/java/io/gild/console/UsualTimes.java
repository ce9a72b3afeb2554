package io.gild.console;

import io.gild.core.Counts;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The duration and the cost that one call of a hundred exceeds, of each method; estimated in
 * constant room and time. Thread-safe; an estimate may miss a call of another thread.
 *
 * <p>A call above the estimate raises it by 5 %, one below lowers it by 0.05 %: it rests where one
 * call of about a hundred is above.
 */
final class UsualTimes {

  private static final int WARM_UP = 100;
  private static final double UP = 1.05;
  private static final double DOWN = 0.9995;

  private static final class Usual {
    private volatile double nanos;
    private volatile double nanoUsd;
    private volatile int calls;
  }

  /** By the counters of the methods, which are as many and live as long as the runtime. */
  private final ConcurrentHashMap<Counts, Usual> byMethod = new ConcurrentHashMap<>();

  /** Learns from a call; returns whether it was unusually slow or expensive. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // an estimate may miss a sample
  boolean isUnusual(Counts method, long nanos, long nanoUsd) {
    Usual usual = byMethod.get(method);
    if (usual == null) {
      usual = byMethod.computeIfAbsent(method, absent -> new Usual());
    }
    boolean slow = nanos > usual.nanos;
    boolean expensive = nanoUsd > usual.nanoUsd;
    if (usual.calls < WARM_UP) {
      usual.calls++;
      usual.nanos = Math.max(usual.nanos, (double) nanos);
      usual.nanoUsd = Math.max(usual.nanoUsd, (double) nanoUsd);
      return false;
    }
    usual.nanos = Math.max(1, usual.nanos * (slow ? UP : DOWN));
    if (nanoUsd > 0) {
      usual.nanoUsd = Math.max(1, usual.nanoUsd * (expensive ? UP : DOWN));
    }
    return slow || expensive;
  }
}
