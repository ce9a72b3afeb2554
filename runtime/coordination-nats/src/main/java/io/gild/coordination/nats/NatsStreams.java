package io.gild.coordination.nats;

import io.gild.coordination.BrokerLimits;
import io.gild.core.GildLog;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;

/** The streams and the bucket of a broker; made if they are missing, never changed. */
final class NatsStreams {

  private static final int STREAM_NOT_FOUND = 10059;
  private static final int NAME_IN_USE = 10058;
  private static final Duration ADVISORY_AGE = Duration.ofDays(7);

  private final NatsLink link;
  private final NatsNames names;
  private final BrokerLimits limits;
  private boolean existed;

  NatsStreams(NatsLink link, NatsNames names, BrokerLimits limits) {
    this.link = link;
    this.names = names;
    this.limits = limits;
  }

  /** Makes what is missing; reports that the server has lost what it had. */
  synchronized void ensure() {
    NatsFailures.call(
        "prepare the streams of " + names.prefix(),
        () -> {
          boolean made = ensure(messages());
          if (made && existed) {
            GildLog.info(
                "NATS at %s has lost the stream %s: the messages in it are gone, and it was made anew. Check the server's disk and store_dir."
                    .formatted(link.options().place(), names.messages()));
          }
          existed = true;
          ensure(dead());
          ensure(advisories());
          ensureKeys();
          return made;
        });
  }

  /** A message stays until {@link EndedMessages} deletes it. */
  private StreamConfiguration messages() {
    return common(names.messages(), names.allMessages())
        .retentionPolicy(RetentionPolicy.Limits)
        .discardPolicy(DiscardPolicy.New)
        .maxMessages(limits.maxPending())
        .maxBytes(limits.maxPendingBytes())
        .duplicateWindow(limits.duplicateWindow())
        .build();
  }

  private StreamConfiguration dead() {
    return common(names.dead(), names.allDead()).retentionPolicy(RetentionPolicy.Limits).build();
  }

  private StreamConfiguration advisories() {
    return common(
            names.advisories(),
            "$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES." + names.messages() + ".>")
        .retentionPolicy(RetentionPolicy.Limits)
        .maxAge(ADVISORY_AGE)
        .build();
  }

  private StreamConfiguration.Builder common(String name, String subject) {
    return StreamConfiguration.builder()
        .name(name)
        .subjects(subject)
        .storageType(StorageType.File)
        .replicas(link.options().replicas());
  }

  private boolean ensure(StreamConfiguration wanted) throws IOException, JetStreamApiException {
    JetStreamManagement management = link.management();
    try {
      management.getStreamInfo(wanted.getName());
      return false;
    } catch (JetStreamApiException missing) {
      if (missing.getApiErrorCode() != STREAM_NOT_FOUND) {
        throw missing;
      }
    }
    try {
      management.addStream(wanted);
      return true;
    } catch (JetStreamApiException raced) {
      if (raced.getApiErrorCode() == NAME_IN_USE) {
        return false;
      }
      throw raced;
    }
  }

  private void ensureKeys() throws IOException, JetStreamApiException {
    if (!link.connection().keyValueManagement().getBucketNames().contains(names.keys())) {
      link.connection()
          .keyValueManagement()
          .create(
              KeyValueConfiguration.builder()
                  .name(names.keys())
                  .ttl(limits.finishedWindow())
                  .replicas(link.options().replicas())
                  .build());
    }
  }
}
