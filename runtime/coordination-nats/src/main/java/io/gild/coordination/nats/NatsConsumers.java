package io.gild.coordination.nats;

import io.gild.coordination.CoordinationException;
import io.gild.coordination.DeadLetter.Reason;
import io.gild.coordination.Subscription;
import io.gild.core.GildLog;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The durable consumers in NATS; each one is a subscription. */
final class NatsConsumers {

  /** Deliveries beyond those that handlers get: what comes then is moved to the dead letters. */
  static final int SPARE_DELIVERIES = 20;

  /** How many messages may be with consumers, those that wait for their turn included. */
  private static final int MOST_DELIVERED = 1_000;

  private static final int CONSUMER_NOT_FOUND = 10014;
  private static final int BATCH = 50;
  private static final Duration FETCH = Duration.ofMillis(300);

  private final NatsLink link;
  private final NatsNames names;
  private final NatsStreams streams;
  private final NatsDeadLetters dead;

  NatsConsumers(NatsLink link, NatsNames names, NatsStreams streams, NatsDeadLetters dead) {
    this.link = link;
    this.names = names;
    this.streams = streams;
    this.dead = dead;
  }

  /** Begins a subscription, or checks that it is the same. */
  void ensure(Subscription subscription) {
    NatsFailures.call(
        "subscribe to " + subscription.pattern(),
        () -> {
          ConsumerInfo present = find(subscription.name());
          if (present == null) {
            long last =
                link.management()
                    .getStreamInfo(names.messages())
                    .getStreamState()
                    .getLastSequence();
            return create(subscription, last + 1);
          }
          String filter = present.getConsumerConfiguration().getFilterSubject();
          if (!names.filter(subscription.pattern()).equals(filter)) {
            throw new CoordinationException(
                "The subscription %s has the pattern %s, not %s: unsubscribe it first, or use another name"
                    .formatted(
                        subscription.name(),
                        filter == null ? ">" : names.pattern(filter),
                        subscription.pattern()));
          }
          return link.management()
              .addOrUpdateConsumer(
                  names.messages(),
                  ConsumerConfiguration.builder(present.getConsumerConfiguration())
                      .ackWait(subscription.redelivery().ackWait())
                      .maxDeliver(mostDeliveries(subscription))
                      .build());
        });
  }

  private static long mostDeliveries(Subscription subscription) {
    return (long) subscription.redelivery().maxDeliveries() + SPARE_DELIVERIES;
  }

  /**
   * Begins at a number, not at "new": a server that is killed before a consumer has had a message
   * would begin again at what is new then.
   */
  private ConsumerInfo create(Subscription subscription, long from)
      throws IOException, JetStreamApiException {
    return link.management()
        .addOrUpdateConsumer(
            names.messages(),
            ConsumerConfiguration.builder()
                .durable(subscription.name())
                .filterSubject(names.filter(subscription.pattern()))
                .ackPolicy(AckPolicy.Explicit)
                .deliverPolicy(DeliverPolicy.ByStartSequence)
                .startSequence(from)
                .ackWait(subscription.redelivery().ackWait())
                .maxDeliver(mostDeliveries(subscription))
                .maxAckPending(MOST_DELIVERED)
                .build());
  }

  @Nullable ConsumerInfo find(String name) throws IOException, JetStreamApiException {
    try {
      return link.management().getConsumerInfo(names.messages(), name);
    } catch (JetStreamApiException failure) {
      if (failure.getApiErrorCode() == CONSUMER_NOT_FOUND) {
        return null;
      }
      throw failure;
    }
  }

  /** Returns whether the server has lost a subscription; fails if it cannot be asked. */
  boolean isGone(String name) throws JetStreamApiException {
    try {
      link.management().getConsumerInfo(names.messages(), name);
      return false;
    } catch (JetStreamApiException failure) {
      if (NatsFailures.isGone(failure)) {
        return true;
      }
      throw failure;
    } catch (IOException failure) {
      throw NatsFailures.of("read the state of " + name, failure);
    }
  }

  /** Begins a subscription again that the server has lost. */
  void restore(Subscription subscription) {
    streams.ensure();
    GildLog.info(
        "NATS at %s has lost the subscription %s, which begins anew: messages that it had are gone"
            .formatted(link.options().place(), subscription.name()));
    NatsFailures.call("subscribe to " + subscription.pattern(), () -> create(subscription, 1));
  }

  /** Ends a subscription; its messages are moved to the dead letters. */
  boolean remove(String name) {
    return NatsFailures.call(
        "unsubscribe " + name,
        () -> {
          ConsumerInfo info = find(name);
          if (info == null) {
            return false;
          }
          long wait =
              info.getConsumerConfiguration().getAckWait() == null
                  ? 0
                  : info.getConsumerConfiguration().getAckWait().toNanos();
          long deadline = System.nanoTime() + 2 * wait + FETCH.toNanos();
          JetStreamSubscription pull =
              link.jetStream().subscribe(null, PullSubscribeOptions.bind(names.messages(), name));
          while (info != null && info.getNumPending() + info.getNumAckPending() > 0) {
            if (System.nanoTime() > deadline) {
              throw new CoordinationException(
                  "The subscription "
                      + name
                      + " has messages with running consumers: close them first");
            }
            for (Message message : pull.fetch(BATCH, FETCH)) {
              bury(name, message);
            }
            info = find(name);
          }
          pull.unsubscribe();
          return link.management().deleteConsumer(names.messages(), name);
        });
  }

  private void bury(String name, Message message) {
    dead.add(
        name,
        message.metaData().streamSequence(),
        names.topic(message.getSubject()),
        Reason.SUBSCRIPTION_REMOVED,
        "",
        (int) message.metaData().deliveredCount() - 1,
        new String(message.getData(), StandardCharsets.UTF_8));
    NatsFailures.call(
        "end a delivery",
        () -> {
          message.ackSync(link.options().timeout());
          return true;
        });
  }
}
