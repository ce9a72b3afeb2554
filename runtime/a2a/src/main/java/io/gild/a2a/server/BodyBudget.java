package io.gild.a2a.server;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that all bodies together may use while they are read. */
final class BodyBudget {

  private final AtomicLong left;

  BodyBudget(long bytes) {
    this.left = new AtomicLong(bytes);
  }

  boolean take(long bytes) {
    if (left.addAndGet(-bytes) >= 0) {
      return true;
    }
    left.addAndGet(bytes);
    return false;
  }

  void give(long bytes) {
    left.addAndGet(bytes);
  }
}
