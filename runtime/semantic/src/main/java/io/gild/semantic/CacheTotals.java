package io.gild.semantic;

import java.util.concurrent.atomic.AtomicLong;

/** What the partitions of a cache share: their weight, and ids that occur only once. */
final class CacheTotals {

  private final AtomicLong weight = new AtomicLong();
  private final AtomicLong ids = new AtomicLong();

  void grow(long bytes) {
    weight.addAndGet(bytes);
  }

  /** Returns the bytes that all partitions take, by estimate. */
  long weight() {
    return weight.get();
  }

  String nextId() {
    return Long.toString(ids.getAndIncrement());
  }
}
