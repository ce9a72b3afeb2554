package io.gild.benchmarks;

/** The questions asked: one that repeats, and a cycle far longer than the caches. */
final class Questions {

  static final int CACHE_SIZE = 1_000;
  static final String REPEATED = "what is the refund policy for order 1234";

  private final String[] cycle = new String[1 << 16];
  private int next;

  Questions() {
    for (int i = 0; i < cycle.length; i++) {
      cycle[i] = "what is the refund policy for order " + i;
      int unused = cycle[i].hashCode();
    }
  }

  String next() {
    return cycle[next++ & (cycle.length - 1)];
  }
}
