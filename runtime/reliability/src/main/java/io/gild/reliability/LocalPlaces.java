package io.gild.reliability;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The places of a bulkhead in this JVM. Semaphores are the JDK's: Resilience4j's bulkhead refuses
 * every caller that was interrupted before, although there is a free place. Thread-safe.
 */
final class LocalPlaces {

  private final Semaphore room;
  private final int places;
  private final long longestWaitNanos;

  LocalPlaces(int places, Duration longestWait) {
    this.places = places;
    this.room = new Semaphore(places, true);
    this.longestWaitNanos = longestWait.toNanos();
  }

  /** Takes a place; returns whether there was one in time. */
  boolean take() {
    return room.tryAcquire() || waitForRoom();
  }

  private boolean waitForRoom() {
    if (longestWaitNanos <= 0) {
      return false;
    }
    try {
      return room.tryAcquire(longestWaitNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
      return room.tryAcquire();
    }
  }

  /** Returns how many places are taken now. */
  int taken() {
    return places - room.availablePermits();
  }

  void giveBack() {
    room.release();
  }
}
