package io.gild.coordination.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the consumers of a subscription share beside its messages, in a bucket. */
final class NatsKeys {

  private static final String BEGUN = "begun";
  private static final String FINISHED = "finished";
  private static final int WRONG_LAST_SEQUENCE = 10071;

  private final NatsLink link;
  private final NatsNames names;

  /** What is known of the handlers of a message. */
  enum Past {
    NOTHING,
    BEGUN,
    FINISHED
  }

  NatsKeys(NatsLink link, NatsNames names) {
    this.link = link;
    this.names = names;
  }

  private KeyValue bucket() throws IOException {
    return link.connection().keyValue(names.keys());
  }

  private static String done(String subscription, String key) {
    return "k." + subscription + "." + key;
  }

  private static String order(String subscription, String lane) {
    return "o." + subscription + "." + lane;
  }

  Past past(String subscription, String key) {
    return NatsFailures.call(
        "read a finished key",
        () -> {
          KeyValueEntry entry = bucket().get(done(subscription, key));
          return of(entry);
        });
  }

  private static Past of(@Nullable KeyValueEntry entry) {
    if (entry == null) {
      return Past.NOTHING;
    }
    return FINISHED.equals(entry.getValueAsString()) ? Past.FINISHED : Past.BEGUN;
  }

  /** Notes that a handler begins, unless another one has begun or finished; returns what was. */
  Past begin(String subscription, String key) {
    return NatsFailures.call(
        "note that a handler begins",
        () -> {
          try {
            bucket().create(done(subscription, key), BEGUN.getBytes(StandardCharsets.UTF_8));
            return Past.NOTHING;
          } catch (JetStreamApiException taken) {
            if (taken.getApiErrorCode() != WRONG_LAST_SEQUENCE) {
              throw taken;
            }
            return of(bucket().get(done(subscription, key)));
          }
        });
  }

  void finish(String subscription, String key) {
    NatsFailures.call(
        "note that a handler has finished", () -> bucket().put(done(subscription, key), FINISHED));
  }

  void forget(String subscription, String key) {
    NatsFailures.call(
        "forget that a handler has begun",
        () -> {
          bucket().delete(done(subscription, key));
          return true;
        });
  }

  /** Returns the last message of a lane whose delivery has ended, or 0. */
  long last(String subscription, String lane) {
    return NatsFailures.call(
        "read the order of a key",
        () -> {
          KeyValueEntry entry = bucket().get(order(subscription, lane));
          String value = entry == null ? null : entry.getValueAsString();
          return value == null ? 0L : Long.parseLong(value);
        });
  }

  /**
   * Notes the last message of a lane whose delivery has ended. An older one that comes again,
   * because its end was lost, changes nothing.
   */
  void end(String subscription, String lane, long sequence) {
    NatsFailures.call(
        "note the order of a key",
        () -> {
          while (!raise(order(subscription, lane), sequence)) {
            // another consumer was faster
          }
          return true;
        });
  }

  private boolean raise(String key, long sequence) throws IOException, JetStreamApiException {
    KeyValueEntry entry = bucket().get(key);
    String value = entry == null ? null : entry.getValueAsString();
    try {
      if (entry == null || value == null) {
        bucket().create(key, Long.toString(sequence).getBytes(StandardCharsets.UTF_8));
      } else if (Long.parseLong(value) < sequence) {
        bucket().update(key, Long.toString(sequence), entry.getRevision());
      }
      return true;
    } catch (JetStreamApiException raced) {
      if (raced.getApiErrorCode() == WRONG_LAST_SEQUENCE) {
        return false;
      }
      throw raced;
    }
  }
}
