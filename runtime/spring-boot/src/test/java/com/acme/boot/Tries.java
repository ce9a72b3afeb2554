package com.acme.boot;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts attempts, the first two of which fail. */
public final class Tries {

  private final AtomicInteger count = new AtomicInteger();

  /** Returns the answer at the third attempt. */
  public String next() {
    if (count.incrementAndGet() % 3 != 0) {
      throw new IllegalStateException("busy");
    }
    return "answered at try " + count.get();
  }

  public int count() {
    return count.get();
  }
}
