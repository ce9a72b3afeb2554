package io.gild.coordination.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import java.util.concurrent.TimeUnit;

/**
 * Decides whether a message is the first one of its lane that a subscription has not ended. The
 * order is that of the stream, so that it survives any crash, and each JVM finds the same.
 */
final class KeyOrder {

  private static final long FLOOR_AGE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final NatsLink link;
  private final NatsNames names;
  private final NatsKeys keys;
  private final String subscription;
  private final String pattern;
  private long floor;
  private long floorNanos = System.nanoTime() - FLOOR_AGE_NANOS - 1;

  KeyOrder(NatsLink link, NatsNames names, NatsKeys keys, String subscription, String pattern) {
    this.link = link;
    this.names = names;
    this.keys = keys;
    this.subscription = subscription;
    this.pattern = pattern;
  }

  boolean isFirst(String lane, long sequence) {
    long ended = Math.max(keys.last(subscription, lane), floor());
    return sequence <= ended || first(lane, ended + 1) >= sequence;
  }

  void end(String lane, long sequence) {
    keys.end(subscription, lane, sequence);
  }

  private long first(String lane, long from) {
    return NatsFailures.call(
        "read the order of a key",
        () -> {
          try {
            MessageInfo found =
                link.management()
                    .getNextMessage(names.messages(), from, names.filter(lane, pattern));
            return found.getSeq();
          } catch (JetStreamApiException failure) {
            if (NatsFailures.isNoMessage(failure)) {
              return Long.MAX_VALUE;
            }
            throw failure;
          }
        });
  }

  /** Returns the message up to which all have ended; older ones are for other subscriptions. */
  private synchronized long floor() {
    if (System.nanoTime() - floorNanos > FLOOR_AGE_NANOS) {
      floor =
          NatsFailures.call(
              "read the state of " + subscription,
              () ->
                  link.management()
                      .getConsumerInfo(names.messages(), subscription)
                      .getAckFloor()
                      .getStreamSequence());
      floorNanos = System.nanoTime();
    }
    return floor;
  }
}
