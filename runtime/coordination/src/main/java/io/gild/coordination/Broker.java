package io.gild.coordination;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.coordination.spi.BrokerEngine;
import io.gild.coordination.spi.EncodedEnvelope;
import io.gild.core.GildLog;
import io.gild.core.RuntimeScope;
import io.gild.core.WorkTraces;
import io.gild.core.spi.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Delivers messages between agents, at least once. A message that was accepted is delivered, waits
 * for its delivery, or is in the dead letters with the reason. Thread-safe.
 */
@Experimental
public final class Broker implements AutoCloseable {

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final BrokerEngine engine;
  private final Clock clock;
  private final Redelivery redelivery;
  private final Duration publishTimeout;
  private final long maxMessageBytes;
  private final BrokerThreads threads;
  private final DeliveryRunner.Shared shared;
  private final Requests requests = new Requests();
  private final String replyTopic = Topics.reply(UUID.randomUUID().toString());
  private final Set<ActiveSubscription> consumers = ConcurrentHashMap.newKeySet();
  private @Nullable AutoCloseable replies;

  private Broker(Builder builder) {
    engine = builder.engine;
    clock = builder.clock;
    redelivery = builder.redelivery;
    publishTimeout = builder.publishTimeout;
    maxMessageBytes = builder.maxMessageBytes;
    threads = new BrokerThreads(builder.closeTimeout);
    shared =
        new DeliveryRunner.Shared(
            threads.handlers(),
            threads.timer(),
            clock,
            builder.random,
            engine::send,
            this::requireSize,
            builder.traces);
  }

  /**
   * Returns the broker of a runtime, as its settings define it; opened at first use.
   *
   * @param runtime the runtime; closes it
   * @return the broker
   * @throws CoordinationException if its engine cannot be opened
   */
  public static Broker of(RuntimeScope runtime) {
    return runtime.shared(Broker.class, Broker::open);
  }

  private static Broker open(RuntimeScope runtime) {
    CoordinationSettings settings = runtime.settings().get(CoordinationSettings.SECTION);
    return builder(new MeteredEngine(BrokerEngines.open(runtime), runtime.meters()))
        .traces(WorkTraces.of(runtime))
        .clock(runtime.clock())
        .random(runtime.random())
        .redelivery(settings.redelivery())
        .publishTimeout(settings.publishTimeout())
        .closeTimeout(settings.closeTimeout())
        .maxMessageBytes(settings.limits().maxMessageBytes())
        .build();
  }

  /**
   * Returns a builder.
   *
   * @param engine holds the messages; closed with the broker
   * @return the builder
   */
  public static Builder builder(BrokerEngine engine) {
    return new Builder(engine);
  }

  /** Builds a broker; not thread-safe. */
  public static final class Builder {

    private final BrokerEngine engine;
    private Clock clock = Clock.SYSTEM;
    private RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    private Redelivery redelivery = Redelivery.DEFAULT;
    private Duration publishTimeout = Duration.ofSeconds(5);
    private Duration closeTimeout = Duration.ofSeconds(10);
    private long maxMessageBytes = 16 << 20;

    private WorkTraces traces = WorkTraces.NONE;

    private Builder(BrokerEngine engine) {
      this.engine = engine;
    }

    /**
     * Sets what traces deliveries.
     *
     * @param value the traces of a runtime; none unless set
     * @return this
     */
    public Builder traces(WorkTraces value) {
      traces = value;
      return this;
    }

    /**
     * Sets the clock of deadlines.
     *
     * @param value the clock
     * @return this
     */
    public Builder clock(Clock value) {
      clock = value;
      return this;
    }

    /**
     * Sets the source of jitter.
     *
     * @param value thread-safe
     * @return this
     */
    public Builder random(RandomGenerator value) {
      random = value;
      return this;
    }

    /**
     * Sets when messages are delivered again, for {@link Broker#subscription}.
     *
     * @param value the redelivery
     * @return this
     */
    public Builder redelivery(Redelivery value) {
      redelivery = value;
      return this;
    }

    /**
     * Sets how long {@link Broker#publish} waits for room.
     *
     * @param value zero or more
     * @return this
     */
    public Builder publishTimeout(Duration value) {
      Require.notNegative(value, "publish-timeout");
      publishTimeout = value;
      return this;
    }

    /**
     * Sets how long {@link Broker#close} waits for running handlers before it interrupts them.
     *
     * @param value zero or more
     * @return this
     */
    public Builder closeTimeout(Duration value) {
      Require.notNegative(value, "close-timeout");
      closeTimeout = value;
      return this;
    }

    /**
     * Sets the longest message.
     *
     * @param value bytes of JSON; 1 or more
     * @return this
     */
    public Builder maxMessageBytes(long value) {
      Require.atLeast(1, value, "max-message-bytes");
      maxMessageBytes = value;
      return this;
    }

    /**
     * Builds the broker.
     *
     * @return the broker; the caller closes it
     */
    public Broker build() {
      return new Broker(this);
    }
  }

  /**
   * Publishes a message, and waits until the engine holds it. If there is no room, waits for some.
   *
   * @param envelope the message
   * @return where it is
   * @throws BrokerFullException if there was no room until the timeout
   * @throws MessageTooLargeException if it is too large
   * @throws CoordinationException if the engine cannot hold it; it may hold it nevertheless if the
   *     failure was that of a connection
   */
  public PublishReceipt publish(Envelope envelope) {
    EncodedEnvelope encoded = encode(envelope);
    long deadline = clock.nanoTime() + publishTimeout.toNanos();
    while (true) {
      try {
        return join(engine.publish(encoded));
      } catch (BrokerFullException full) {
        if (clock.nanoTime() - deadline >= 0) {
          throw full;
        }
        pause();
      }
    }
  }

  private void pause() {
    try {
      clock.sleep(PAUSE_NANOS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CoordinationException("Interrupted while it waited for room", interrupted);
    }
  }

  /**
   * Publishes a message without waiting.
   *
   * @param envelope the message
   * @return completes when the engine holds it; fails as {@link #publish} does, at once if there is
   *     no room
   */
  public CompletionStage<PublishReceipt> publishAsync(Envelope envelope) {
    try {
      return engine.publish(encode(envelope));
    } catch (CoordinationException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private EncodedEnvelope encode(Envelope envelope) {
    EncodedEnvelope encoded = EncodedEnvelope.of(envelope);
    requireSize(encoded);
    return encoded;
  }

  private void requireSize(EncodedEnvelope encoded) {
    long most = Math.min(maxMessageBytes, engine.maxMessageBytes());
    if (encoded.bytes() > most) {
      throw new MessageTooLargeException(
          "Message %s has %d bytes of JSON, but the broker accepts at most %d: %s"
              .formatted(
                  encoded.envelope().id(),
                  encoded.bytes(),
                  most,
                  maxMessageBytes <= engine.maxMessageBytes()
                      ? "raise coordination.max-message-bytes, or send the address of the content"
                      : "raise the limit of the server, or send the address of the content"));
    }
  }

  /**
   * Sends a request and waits for its reply.
   *
   * @param request the request; its reply-to is replaced
   * @param timeout the longest time; above zero. The request's own deadline may be earlier.
   * @return the first reply that is not {@link Intent#ACCEPT}, {@link Intent#PROGRESS} or {@link
   *     Intent#PARTIAL}; it may be {@link Intent#ERROR}
   * @throws NoReceiverException if no running consumer serves the topic; nothing was sent
   * @throws RequestTimeoutException if no reply came in time; the request is not delivered later
   * @throws CoordinationException if the request cannot be sent
   */
  public Envelope request(Envelope request, Duration timeout) {
    return join(requestAsync(request, timeout));
  }

  /**
   * Sends a request.
   *
   * @param request the request; its reply-to is replaced
   * @param timeout the longest time; above zero
   * @return completes with the reply, or fails as {@link #request} does
   */
  public CompletionStage<Envelope> requestAsync(Envelope request, Duration timeout) {
    Require.positive(timeout, "timeout");
    if (!engine.isServed(request.topic())) {
      return CompletableFuture.failedFuture(unserved(request));
    }
    listen();
    Instant last = clock.now().plus(timeout);
    Instant own = request.deadline();
    Envelope sent =
        request.toBuilder()
            .replyTo(replyTopic)
            .deadline(own != null && own.isBefore(last) ? own : last)
            .build();
    CompletableFuture<Envelope> reply = requests.add(sent.id());
    failWith(reply, publishAsync(sent));
    threads
        .timer()
        .schedule(() -> expire(reply, sent, timeout), timeout.toNanos(), TimeUnit.NANOSECONDS);
    return reply;
  }

  /**
   * Sends a message to all who serve its topic, and collects their replies, such as bids.
   *
   * @param message the message; its reply-to is replaced
   * @param time how long replies are collected; above zero. It is no deadline of the message.
   * @param enough ends earlier with so many replies; 1 or more
   * @return completes with the replies in the order in which they came, those before a result
   *     ({@link Intent#ACCEPT}, {@link Intent#PROGRESS}, {@link Intent#PARTIAL}) left out; fails as
   *     {@link #request} does, but not because of the time
   */
  public CompletionStage<List<Envelope>> collectAsync(Envelope message, Duration time, int enough) {
    Require.positive(time, "time");
    Require.atLeast(1, enough, "enough");
    if (!engine.isServed(message.topic())) {
      return CompletableFuture.failedFuture(unserved(message));
    }
    listen();
    Envelope sent = message.toBuilder().replyTo(replyTopic).build();
    ReplyCollector collector = new ReplyCollector(enough);
    requests.add(sent.id(), collector);
    failWith(collector.all(), publishAsync(sent));
    threads.timer().schedule(collector::end, time.toNanos(), TimeUnit.NANOSECONDS);
    return collector.all();
  }

  private static NoReceiverException unserved(Envelope message) {
    return new NoReceiverException(
        "No running consumer serves %s: subscribe to it, or publish the message to have it kept"
            .formatted(message.topic()));
  }

  private static void failWith(CompletableFuture<?> reply, CompletionStage<?> sent) {
    sent.whenComplete((receipt, failure) -> {
      if (failure != null) {
        reply.completeExceptionally(failure);
      }
    });
  }

  private static void expire(CompletableFuture<Envelope> reply, Envelope sent, Duration timeout) {
    reply.completeExceptionally(
        new RequestTimeoutException(
            "No reply to message %s on %s within %s".formatted(sent.id(), sent.topic(), timeout)));
  }

  private synchronized void listen() {
    if (replies == null) {
      replies = engine.listen(replyTopic, requests::reply);
    }
  }

  /**
   * Creates a subscription with one handler at a time and the redelivery of this broker.
   *
   * @param name its name
   * @param pattern the topics
   * @return the subscription, which has not begun
   */
  public Subscription subscription(String name, String pattern) {
    return Subscription.of(name, pattern).withRedelivery(redelivery);
  }

  /**
   * Begins to handle the messages of a subscription.
   *
   * @param subscription the subscription, which begins now if its name is new
   * @param handler handles each message
   * @return the consumer; closed with the broker at the latest
   * @throws CoordinationException if the name is in use with another pattern
   */
  public ActiveSubscription subscribe(Subscription subscription, MessageHandler handler) {
    ActiveSubscription active =
        new ActiveSubscription(
            subscription,
            engine.consume(subscription, new DeliveryRunner(subscription, handler, shared)),
            consumers::remove);
    consumers.add(active);
    return active;
  }

  /**
   * Ends a subscription. Messages that it has not handled are moved to the dead letters.
   *
   * @param name its name
   * @return whether there was one
   * @throws CoordinationException if it has a consumer in this JVM
   */
  public boolean unsubscribe(String name) {
    return engine.remove(name);
  }

  /**
   * Returns the dead letters.
   *
   * @return a view of the engine
   */
  public DeadLetters deadLetters() {
    return engine.deadLetters();
  }

  private static <T> T join(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof CoordinationException own) {
        throw own;
      }
      throw new CoordinationException("The broker failed: " + failure.getCause(), failure);
    }
  }

  /**
   * Ends consumers, waits for running handlers, and closes the engine. The message of a handler
   * that does not end in time stays where the engine keeps it.
   */
  @Override
  public void close() {
    requests.close();
    consumers.forEach(ActiveSubscription::close);
    threads.close();
    try {
      if (replies != null) {
        replies.close();
      }
    } catch (Exception failure) {
      GildLog.faultOnce("Closing the replies of the broker", failure);
    }
    engine.close();
  }
}
