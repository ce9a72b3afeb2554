package io.gild.cost.redis;

import io.gild.core.GildLog;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether Redis can be reached. While it cannot, one operation a second tries again, and the others
 * do not wait for it. The log has one line at the start and one at the end. Thread-safe.
 */
final class Outage {

  /** What happens to budgets and token limits afterwards. */
  static final String LIMITS = "Redis answers again: its limits apply.";

  private static final long RETRY_NANOS = 1_000_000_000L;

  private final String consequence;
  private final String recovery;
  private final LongSupplier nanoTime;

  /** When to try again, in nanoseconds; {@code Long.MIN_VALUE} while Redis answers. */
  private final AtomicLong next = new AtomicLong(Long.MIN_VALUE);

  /**
   * @param consequence what happens meanwhile, for the log
   * @param recovery what happens afterwards, for the log
   * @param nanoTime a monotonic clock
   */
  Outage(String consequence, String recovery, LongSupplier nanoTime) {
    this.consequence = consequence;
    this.recovery = recovery;
    this.nanoTime = nanoTime;
  }

  /** Returns whether Redis did not answer the last time. */
  boolean isOn() {
    return next.get() != Long.MIN_VALUE;
  }

  /** Returns whether an operation should be sent now. */
  boolean tries() {
    long at = next.get();
    if (at == Long.MIN_VALUE) {
      return true;
    }
    long now = nanoTime.getAsLong();
    return now - at >= 0 && next.compareAndSet(at, now + RETRY_NANOS);
  }

  /** Runs an operation; returns {@code null} if Redis cannot be reached. */
  <T> @Nullable T run(Supplier<T> operation) {
    return tries() ? runNow(operation) : null;
  }

  /** Runs an operation that may have no answer; returns {@code null} also if Redis is away. */
  <T> @Nullable T runOptional(Supplier<@Nullable T> operation) {
    Optional<T> answer = run(() -> Optional.ofNullable(operation.get()));
    return answer == null ? null : answer.orElse(null);
  }

  /** Runs an operation, even if one has just failed. */
  <T> @Nullable T runNow(Supplier<T> operation) {
    try {
      T answer = operation.get();
      end();
      return answer;
    } catch (RedisUnavailable failure) {
      // A thread that was interrupted says nothing about Redis.
      if (!Thread.currentThread().isInterrupted()) {
        begin(failure);
      }
      return null;
    }
  }

  private void begin(RedisUnavailable failure) {
    if (next.getAndSet(nanoTime.getAsLong() + RETRY_NANOS) == Long.MIN_VALUE) {
      GildLog.info(failure.getMessage() + " " + consequence);
    }
  }

  private void end() {
    if (next.getAndSet(Long.MIN_VALUE) != Long.MIN_VALUE) {
      GildLog.info(recovery);
    }
  }
}
