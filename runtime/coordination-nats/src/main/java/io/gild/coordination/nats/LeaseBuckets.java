package io.gild.coordination.nats;

import io.gild.synchronizers.spi.SynchronizerKey;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.KeyValue;
import io.nats.client.KeyValueOptions;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;

/**
 * The buckets of states: one for leases, whose entries end when no one has changed them for a week,
 * and one for the elements of queues.
 *
 * @param leases states of semaphores, elections and barriers
 * @param queues states of queues
 */
record LeaseBuckets(KeyValue leases, KeyValue queues) {

  /** Longer than the longest lease. */
  private static final Duration KEPT = Duration.ofDays(7);

  private static final int NO_STREAM = 10_059;
  private static final int STREAM_EXISTS = 10_058;

  static LeaseBuckets open(Connection connection, String name, int replicas, Duration timeout)
      throws IOException, JetStreamApiException {
    JetStreamOptions options = JetStreamOptions.builder().requestTimeout(timeout).build();
    JetStreamManagement management = connection.jetStreamManagement(options);
    return new LeaseBuckets(
        open(connection, management, options, bucket(name + "-leases", replicas).ttl(KEPT)),
        open(connection, management, options, bucket(name + "-queues", replicas)));
  }

  private static KeyValueConfiguration.Builder bucket(String name, int replicas) {
    return KeyValueConfiguration.builder(name)
        .storageType(StorageType.File)
        .replicas(replicas)
        .maxHistoryPerKey(1);
  }

  /** Only the leader of a stream answers reads: a replica may not know a lease yet. */
  private static KeyValue open(
      Connection connection,
      JetStreamManagement management,
      JetStreamOptions options,
      KeyValueConfiguration.Builder bucket)
      throws IOException, JetStreamApiException {
    KeyValueConfiguration built = bucket.build();
    StreamConfiguration stream =
        StreamConfiguration.builder(built.getBackingConfig()).allowDirect(false).build();
    if (!exists(management, stream.getName())) {
      create(management, stream);
    }
    KeyValueOptions same = KeyValueOptions.builder().jetStreamOptions(options).build();
    return connection.keyValue(built.getBucketName(), same);
  }

  private static boolean exists(JetStreamManagement management, String stream)
      throws IOException, JetStreamApiException {
    try {
      management.getStreamInfo(stream);
      return true;
    } catch (JetStreamApiException failure) {
      if (failure.getApiErrorCode() == NO_STREAM) {
        return false;
      }
      throw failure;
    }
  }

  private static void create(JetStreamManagement management, StreamConfiguration stream)
      throws IOException, JetStreamApiException {
    try {
      management.addStream(stream);
    } catch (JetStreamApiException failure) {
      if (failure.getApiErrorCode() != STREAM_EXISTS) {
        throw failure; // otherwise another process created it meanwhile, with other settings
      }
    }
  }

  KeyValue of(SynchronizerKey key) {
    return key.kind() == SynchronizerKey.Kind.QUEUE ? queues : leases;
  }
}
