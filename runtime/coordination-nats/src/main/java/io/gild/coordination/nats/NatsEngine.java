package io.gild.coordination.nats;

import io.gild.config.Experimental;
import io.gild.coordination.BrokerLimits;
import io.gild.coordination.CoordinationException;
import io.gild.coordination.DeadLetter;
import io.gild.coordination.DeadLetters;
import io.gild.coordination.PublishReceipt;
import io.gild.coordination.ReplayedLetters;
import io.gild.coordination.Subscription;
import io.gild.coordination.Subscription.Effects;
import io.gild.coordination.spi.BrokerEngine;
import io.gild.coordination.spi.EncodedEnvelope;
import io.gild.coordination.spi.EngineConsumer;
import io.gild.coordination.spi.EngineDelivery;
import io.gild.core.spi.Clock;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.api.ConsumerInfo;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds messages in NATS JetStream, for many JVMs. A message stays until each subscription has
 * ended its delivery. Thread-safe.
 */
@Experimental
public final class NatsEngine implements BrokerEngine {

  private static final byte[] NOTHING = new byte[0];

  private final NatsLink link;
  private final NatsNames names;
  private final NatsKeys keys;
  private final NatsConsumers consumers;
  private final NatsPublisher publisher;
  private final NatsDeadLetters dead;
  private final DeadLetterMover mover;
  private final Dispatcher presence;
  private final Set<NatsSubscriber> subscribers = ConcurrentHashMap.newKeySet();
  private final Clock clock;

  /**
   * Connects to a server, and makes the streams that are missing there.
   *
   * @param options where the server is
   * @param limits what a stream that is made holds at most: {@code maxPending} messages of all
   *     subscriptions together
   * @param clock the clock of dead letters
   * @throws NatsException if the server cannot be reached, is older than 2.9, or has no JetStream
   * @throws CoordinationException if the streams cannot be made
   */
  public NatsEngine(NatsBrokerOptions options, BrokerLimits limits, Clock clock) {
    this.clock = clock;
    this.link = new NatsLink(options);
    this.names = new NatsNames(options.prefix());
    NatsStreams streams = new NatsStreams(link, names, limits);
    try {
      streams.ensure();
    } catch (CoordinationException failure) {
      link.close();
      throw failure;
    }
    this.keys = new NatsKeys(link, names);
    this.dead = new NatsDeadLetters(link, names, clock);
    this.consumers = new NatsConsumers(link, names, streams, dead);
    EndedMessages ended = new EndedMessages(link, names, limits.duplicateWindow());
    this.publisher = new NatsPublisher(link, names, streams, dead, ended);
    this.presence = link.connection().createDispatcher(this::answer);
    this.mover = new DeadLetterMover(link, names, dead, ended);
    mover.start();
  }

  private void answer(Message ping) {
    if (ping.getReplyTo() != null) {
      link.connection().publish(ping.getReplyTo(), NOTHING);
    }
  }

  @Override
  public String name() {
    return "nats";
  }

  @Override
  public long maxMessageBytes() {
    return link.maxMessageBytes();
  }

  @Override
  public CompletionStage<PublishReceipt> publish(EncodedEnvelope message) {
    return publisher.publish(message);
  }

  @Override
  public EngineConsumer consume(Subscription subscription, Consumer<EngineDelivery> receiver) {
    consumers.ensure(subscription);
    publisher.forgetPatterns();
    KeyOrder order = new KeyOrder(link, names, keys, subscription.name(), subscription.pattern());
    NatsDelivery.Shared shared =
        new NatsDelivery.Shared(
            names,
            keys,
            order,
            dead,
            publisher::publishNow,
            link.options().timeout(),
            subscription.name(),
            subscription.effects() == Effects.NEVER_TWICE);
    io.nats.client.Subscription present =
        presence.subscribe(names.presence(subscription.pattern()), this::answer);
    NatsSubscriber subscriber =
        new NatsSubscriber(
            link,
            consumers,
            subscription,
            shared,
            receiver,
            ended -> {
              if (subscribers.remove(ended) && presence.isActive()) {
                presence.unsubscribe(present);
              }
            });
    subscribers.add(subscriber);
    subscriber.start();
    return subscriber;
  }

  @Override
  public boolean remove(String subscription) {
    if (subscribers.stream().anyMatch(each -> each.name().equals(subscription))) {
      throw new CoordinationException(
          "The subscription " + subscription + " has a consumer: close it first");
    }
    publisher.forgetPatterns();
    return consumers.remove(subscription);
  }

  @Override
  public boolean isServed(String topic) {
    try {
      link.connection()
          .request(names.presence(topic), NOTHING)
          .get(link.options().timeout().toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException | TimeoutException | IllegalStateException unserved) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CoordinationException("Interrupted while it looked for a consumer", interrupted);
    }
  }

  @Override
  public AutoCloseable listen(String topic, Consumer<String> receiver) {
    Dispatcher dispatcher =
        link.connection()
            .createDispatcher(
                message -> receiver.accept(new String(message.getData(), StandardCharsets.UTF_8)));
    dispatcher.subscribe(names.listener(topic));
    NatsFailures.call(
        "listen to replies",
        () -> {
          link.connection().flush(link.options().timeout());
          return true;
        });
    return () -> link.connection().closeDispatcher(dispatcher);
  }

  @Override
  public void send(EncodedEnvelope message) {
    link.connection()
        .publish(
            names.listener(message.envelope().topic()),
            message.json().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public DeadLetters deadLetters() {
    return new Letters();
  }

  /** Ends the connection; messages stay in NATS. */
  @Override
  public void close() {
    subscribers.forEach(NatsSubscriber::close);
    mover.close();
    link.close();
  }

  private final class Letters implements DeadLetters {

    @Override
    public List<DeadLetter> list() {
      return dead.list();
    }

    @Override
    public Optional<DeadLetter> find(String id) {
      return dead.find(id).map(NatsDeadLetters.Found::letter);
    }

    @Override
    public void replay(String id) {
      DeadLetter letter =
          find(id).orElseThrow(() -> new CoordinationException("There is no dead letter " + id));
      EncodedEnvelope encoded = ReplayedLetters.encode(letter, clock.now());
      String only = letter.subscription().isEmpty() ? null : letter.subscription();
      requireReceiver(letter, only);
      publisher.replay(encoded, id, only);
      drop(List.of(id));
    }

    private void requireReceiver(DeadLetter letter, @Nullable String only) {
      boolean received =
          only == null
              ? publisher.isMatchedNow(letter.topic())
              : NatsFailures.<@Nullable ConsumerInfo>call(
                      "find " + only, () -> consumers.find(only))
                  != null;
      if (!received) {
        throw new CoordinationException(
            "Dead letter %s cannot be replayed, because %s: subscribe first"
                .formatted(
                    letter.id(),
                    only == null
                        ? "no subscription matches " + letter.topic()
                        : "there is no subscription " + only));
      }
    }

    @Override
    public int drop(Collection<String> ids) {
      return dead.drop(ids);
    }
  }
}
