package io.gild.coordination.nats;

import io.gild.synchronizers.spi.LeaseTime;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueEntry;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time of the server, without trust in the clock of this machine. It writes an entry, which the
 * server dates, and reads it: the date was the server's time somewhere between. From then on, the
 * monotonic clock measures how much time has passed. Thread-safe.
 */
final class ServerClock {

  private static final String KEY = "clock";
  private static final long VALID_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long PRECISE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int TRIES = 3;

  /** Clocks run at most so many times faster or slower than this: 1 in 1,000. */
  private static final long DRIFT = 1_000;

  private static final long NANOS_PER_MILLI = 1_000_000;

  /**
   * A date of the server.
   *
   * @param millis the server's time, in milliseconds since 1970
   * @param before monotonic time before that
   * @param after monotonic time after that
   */
  record Sample(long millis, long before, long after) {

    long width() {
      return after - before;
    }

    LeaseTime at(long now) {
      long sinceAfter = now - after;
      long sinceBefore = now - before;
      long drift = sinceBefore / DRIFT;
      return LeaseTime.between(
          millis + (sinceAfter - drift) / NANOS_PER_MILLI,
          millis + (sinceBefore + drift) / NANOS_PER_MILLI + 1);
    }
  }

  private @Nullable Sample sample;

  /** Returns the time, from a date that is not old. */
  synchronized LeaseTime now(KeyValue bucket) throws IOException, JetStreamApiException {
    Sample known = sample;
    long now = System.nanoTime();
    if (known == null || now - known.after() > VALID_NANOS) {
      known = best(bucket);
      sample = known;
      now = System.nanoTime();
    }
    return known.at(now);
  }

  private static Sample best(KeyValue bucket) throws IOException, JetStreamApiException {
    Sample best = take(bucket);
    for (int i = 1; i < TRIES && best.width() > PRECISE_NANOS; i++) {
      Sample other = take(bucket);
      best = other.width() < best.width() ? other : best;
    }
    return best;
  }

  /** Another process may have written after this one, but then before this one read. */
  private static Sample take(KeyValue bucket) throws IOException, JetStreamApiException {
    long before = System.nanoTime();
    long revision = bucket.put(KEY, new byte[0]);
    KeyValueEntry entry = bucket.get(KEY);
    long after = System.nanoTime();
    if (entry == null || entry.getRevision() < revision) {
      throw new IOException("the server lost the entry \"" + KEY + "\" that was just written");
    }
    return new Sample(entry.getCreated().toInstant().toEpochMilli(), before, after);
  }
}
