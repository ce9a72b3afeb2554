package io.gild.coordination;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;

/**
 * What an engine in this JVM holds at most.
 *
 * @param maxMessageBytes the longest message in bytes of JSON; 1 or more
 * @param maxPending the most messages of a subscription that are not handled; 1 or more
 * @param maxPendingBytes the most bytes of all messages that are not handled; 1 or more. They are
 *     in the heap.
 * @param duplicateWindow how long a published idempotency key is remembered; zero or more
 * @param finishedWindow how long a subscription remembers a finished idempotency key; zero or more
 * @param maxKeys the most keys that are remembered, of publishers and of each subscription; 1 or
 *     more. The oldest ones are forgotten first.
 */
@Experimental
public record BrokerLimits(
    long maxMessageBytes,
    int maxPending,
    long maxPendingBytes,
    Duration duplicateWindow,
    Duration finishedWindow,
    int maxKeys) {

  /** 16 MiB, 100,000 messages, 256 MiB, 10 min, 1 day, 100,000 keys. */
  public static final BrokerLimits DEFAULT =
      new BrokerLimits(
          16L << 20, 100_000, 256L << 20, Duration.ofMinutes(10), Duration.ofDays(1), 100_000);

  /** Checks the values. */
  public BrokerLimits {
    Require.atLeast(1, maxMessageBytes, "max-message-bytes");
    Require.atLeast(1, maxPending, "max-pending");
    Require.atLeast(1, maxPendingBytes, "max-pending-bytes");
    Require.notNegative(duplicateWindow, "duplicate-window");
    Require.notNegative(finishedWindow, "finished-window");
    Require.atLeast(1, maxKeys, "max-keys");
  }
}
