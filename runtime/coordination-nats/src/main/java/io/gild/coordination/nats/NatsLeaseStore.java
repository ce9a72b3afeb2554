package io.gild.coordination.nats;

import io.gild.config.Experimental;
import io.gild.synchronizers.SynchronizerException;
import io.gild.synchronizers.spi.StateLeaseStore;
import io.gild.synchronizers.spi.Step;
import io.gild.synchronizers.spi.SynchronizerKey;
import io.gild.synchronizers.spi.SynchronizerState;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The engine in key-value buckets of NATS JetStream; tested with version 2.9.10. All JVMs that use
 * the same server and bucket share the synchronizers.
 *
 * <p>The state of a synchronizer is one entry, which is replaced only if no one else has replaced
 * it; so an operation takes two round trips, and more where many use one synchronizer at once. A
 * queue has to fit into one message, usually 1 MiB; messages between agents belong to the broker.
 * Leases end by the server's clock, which each JVM measures; a lease may last longer by the time of
 * a round trip, never shorter. The server need not support the expiry of single keys. Those that
 * wait are woken by a message; where it is lost, they ask once a second.
 */
@Experimental
public final class NatsLeaseStore extends StateLeaseStore {

  /** Room for the headers of a message, which count, too. */
  private static final int HEADERS = 1_024;

  private static final int NOT_FOUND = 404;
  private static final int WRONG_REVISION = 10_071;
  private static final long LONGEST_BACKOFF_MICROS = 20_000;

  private final String place;
  private final String bucket;
  private final int replicas;
  private final LeaseLink link;
  private final NatsWakeUps wakeUps;
  private final ServerClock clock = new ServerClock();
  private volatile @Nullable LeaseBuckets buckets;

  /**
   * Creates an engine. It connects when it is used.
   *
   * @param url {@code nats://user:password@host:port}, or {@code tls://} for TLS
   * @param timeout longest time to connect, and to wait for each answer; above zero
   * @param bucket begins the names of the buckets: letters, digits, {@code -} and {@code _}
   * @param replicas how many servers of a cluster have each bucket that this creates; 1 to 5
   * @throws IllegalArgumentException if an argument is invalid
   */
  public NatsLeaseStore(String url, Duration timeout, String bucket, int replicas) {
    NatsSynchronizers.Nats checked = new NatsSynchronizers.Nats(url, timeout, bucket, replicas);
    this.place = checked.place();
    this.bucket = bucket;
    this.replicas = replicas;
    this.wakeUps = new NatsWakeUps("gild.wake." + bucket + ".");
    this.link = new LeaseLink(url, timeout, wakeUps::subscribe);
  }

  @Override
  protected <A extends @Nullable Object> A apply(SynchronizerKey key, Change<A> change) {
    try {
      Connection connection = link.get();
      return apply(key, change, connection, buckets(connection));
    } catch (IOException | JetStreamApiException | IllegalStateException failure) {
      throw failed(key, failure);
    }
  }

  private LeaseBuckets buckets(Connection connection) throws IOException, JetStreamApiException {
    LeaseBuckets known = buckets;
    if (known == null) {
      known = LeaseBuckets.open(connection, bucket, replicas, link.timeout());
      buckets = known;
    }
    return known;
  }

  private <A extends @Nullable Object> A apply(
      SynchronizerKey key, Change<A> change, Connection connection, LeaseBuckets all)
      throws IOException, JetStreamApiException {
    KeyValue entries = all.of(key);
    long deadline = System.nanoTime() + link.timeout().toNanos();
    for (long micros = 500; ; micros = Math.min(2 * micros, LONGEST_BACKOFF_MICROS)) {
      Step step = new Step(clock.now(all.leases()));
      KeyValueEntry entry = entries.get(key.path());
      SynchronizerState state = state(key, entry);
      A answer = change.apply(state, step);
      if (!step.isChanged() || replace(entries, key, entry, state.json(), connection)) {
        wakeUps.send(connection, key.path(), step.woken());
        return answer;
      }
      if (System.nanoTime() > deadline) {
        throw new IOException("too many processes change it at once");
      }
      pause(ThreadLocalRandom.current().nextLong(micros));
    }
  }

  private static SynchronizerState state(SynchronizerKey key, @Nullable KeyValueEntry entry) {
    if (entry == null) {
      return SynchronizerState.create(key);
    }
    String json = entry.getValueAsString();
    return SynchronizerState.read(key, json == null ? "" : json);
  }

  /** Returns whether no one else had replaced the entry. */
  private static boolean replace(
      KeyValue entries,
      SynchronizerKey key,
      @Nullable KeyValueEntry entry,
      String json,
      Connection connection)
      throws IOException, JetStreamApiException {
    byte[] value = json.getBytes(StandardCharsets.UTF_8);
    if (value.length > connection.getMaxPayload() - HEADERS) {
      throw new SynchronizerException(
          "%s has %d bytes, but the server's max_payload is %d: take elements from the queue, or use another engine"
              .formatted(key, value.length, connection.getMaxPayload()));
    }
    try {
      if (entry == null) {
        entries.create(key.path(), value);
      } else {
        entries.update(key.path(), value, entry.getRevision());
      }
      return true;
    } catch (JetStreamApiException failure) {
      if (failure.getApiErrorCode() == WRONG_REVISION) {
        return false;
      }
      throw failure;
    }
  }

  private static void pause(long micros) throws IOException {
    try {
      TimeUnit.MICROSECONDS.sleep(micros);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  private SynchronizerException failed(SynchronizerKey key, Exception failure) {
    if (failure instanceof JetStreamApiException answer && answer.getErrorCode() == NOT_FOUND) {
      buckets = null; // someone deleted a bucket: it is created again
    }
    return new SynchronizerException(
        "Cannot change %s in NATS at %s: %s. Start NATS with JetStream, or correct synchronizers.nats."
            .formatted(key, place, failure.getMessage()),
        failure);
  }

  @Override
  public Watch watch(SynchronizerKey key, Consumer<String> listener) {
    return wakeUps.add(key.path(), listener);
  }

  /** Closes the connection; what is held stays held until its leases end. */
  @Override
  public void close() {
    link.close();
  }
}
