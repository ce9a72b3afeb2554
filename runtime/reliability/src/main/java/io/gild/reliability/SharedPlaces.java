package io.gild.reliability;

import io.gild.core.GildLog;
import io.gild.core.RuntimeScope;
import io.gild.core.spi.SharedPermits;
import io.gild.core.spi.StageContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The places of a bulkhead that JVMs share. While they cannot be reached, each JVM has as many
 * places of its own, and tries again after a pause; so an agent never fails because of that.
 * Thread-safe.
 */
final class SharedPlaces {

  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final SharedPermits permits;
  private final RuntimeScope runtime;
  private final String name;
  private final int most;
  private final Duration longestWait;
  private final LocalPlaces local;
  private final AtomicLong retryAt;

  private SharedPlaces(
      SharedPermits permits, RuntimeScope runtime, String name, BulkheadPolicy policy) {
    this.permits = permits;
    this.runtime = runtime;
    this.name = name;
    this.most = policy.maxConcurrentCalls();
    this.longestWait = policy.maxWaitDuration();
    this.local = new LocalPlaces(most, longestWait);
    this.retryAt = new AtomicLong(runtime.clock().nanoTime());
  }

  /** Returns the places of a method, or {@code null} if the module is absent. */
  static @Nullable SharedPlaces of(StageContext context, BulkheadPolicy policy) {
    String name = policy.name().isBlank() ? context.spec().id() : policy.name();
    ClassLoader loader = SharedPlaces.class.getClassLoader();
    for (SharedPermits each : ServiceLoader.load(SharedPermits.class, loader)) {
      return new SharedPlaces(each, context.runtime(), name, policy);
    }
    GildLog.infoOnce(
        "The bulkhead of %s has the scope shared, but counts calls in this JVM alone: its module is absent. Add the dependency io.gild:gild-synchronizers."
            .formatted(context.spec().id()));
    return null;
  }

  /** Takes a place; returns what gives it back, or {@code null} if there is none in time. */
  @Nullable Runnable take() {
    if (runtime.clock().nanoTime() - retryAt.get() < 0) {
      return takeLocal();
    }
    try {
      SharedPermits.Permit permit = acquire();
      return permit == null ? null : permit::close;
    } catch (IOException | RuntimeException unreachable) {
      retryAt.set(runtime.clock().nanoTime() + PAUSE_NANOS);
      GildLog.infoOnce(
          "The bulkhead %s cannot be reached; until it can, each JVM allows %d calls at once: %s"
              .formatted(name, most, unreachable.getMessage()));
      return takeLocal();
    }
  }

  private SharedPermits.@Nullable Permit acquire() throws IOException {
    try {
      return permits.acquire(runtime, name, most, longestWait);
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
      return acquireNow();
    }
  }

  /** Like a local bulkhead, gives an interrupted caller a place that is free. */
  private SharedPermits.@Nullable Permit acquireNow() throws IOException {
    try {
      return permits.acquire(runtime, name, most, Duration.ZERO);
    } catch (InterruptedException again) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private @Nullable Runnable takeLocal() {
    return local.take() ? local::giveBack : null;
  }
}
