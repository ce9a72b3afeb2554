package io.gild.coordination;

import io.gild.config.Experimental;
import io.gild.config.Json;
import io.gild.coordination.PublishReceipt.Outcome;
import io.gild.coordination.spi.BrokerEngine;
import io.gild.coordination.spi.EncodedEnvelope;
import io.gild.coordination.spi.EngineConsumer;
import io.gild.coordination.spi.EngineDelivery;
import io.gild.core.spi.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds messages in this JVM: in the heap alone, or also in a folder, where they survive a crash of
 * the JVM and of the machine. Thread-safe.
 */
@Experimental
public final class EmbeddedEngine implements BrokerEngine {

  private final String name;
  private final BrokerLimits limits;
  private final QueueDispatcher dispatcher;
  private final DeadLetters letters;
  private final Map<String, CompletableFuture<PublishReceipt>> publishing = new HashMap<>();
  private final Map<String, Consumer<String>> listeners = new ConcurrentHashMap<>();

  private EmbeddedEngine(
      String name, BrokerLimits limits, QueueDispatcher dispatcher, DeadLetterBook book) {
    this.name = name;
    this.limits = limits;
    this.dispatcher = dispatcher;
    this.letters = new BookDeadLetters(book, dispatcher.clock(), this::replay);
  }

  /**
   * Creates an engine whose messages end with it.
   *
   * @param limits what it holds at most
   * @param clock the clock
   * @return the engine
   */
  public static EmbeddedEngine inProcess(BrokerLimits limits, Clock clock) {
    DeadLetterBook book = new DeadLetterBook.InProcess(limits.maxPendingBytes());
    QueueDispatcher dispatcher = new QueueDispatcher(new QueueState(limits, clock), clock, book);
    EmbeddedEngine engine = new EmbeddedEngine("in-process", limits, dispatcher, book);
    dispatcher.start(QueueLog.NONE);
    return engine;
  }

  /**
   * Opens the engine of a folder.
   *
   * @param folder the folder; made if it is missing
   * @param limits what it holds at most
   * @param clock the clock
   * @return the engine
   * @throws CoordinationException if another engine uses the folder, with the name of its process,
   *     or the folder cannot be read
   */
  public static EmbeddedEngine folder(Path folder, BrokerLimits limits, Clock clock) {
    QueueFolder taken = QueueFolder.take(folder);
    QueueState state = new QueueState(limits, clock);
    try {
      new LogReplay(state, clock).read(taken.file());
    } catch (IOException | RuntimeException unreadable) {
      taken.close();
      throw new CoordinationException(
          "Cannot read the messages in " + taken.path() + ": " + unreadable.getMessage(),
          unreadable);
    }
    DeadLetterBook book = new FolderDeadLetterBook(taken.path());
    QueueDispatcher dispatcher = new QueueDispatcher(state, clock, book);
    EmbeddedEngine engine = new EmbeddedEngine("folder", limits, dispatcher, book);
    dispatcher.start(new FolderLog(taken, dispatcher::change));
    return engine;
  }

  /**
   * Reads the dead letters of a folder, also while an engine uses it.
   *
   * @param folder the folder; it need not exist
   * @return the dead letters; those that are replayed go to the engine of the folder, which is
   *     opened for that moment
   */
  public static DeadLetters deadLettersOf(Path folder) {
    return new FolderDeadLetters(folder);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long maxMessageBytes() {
    return limits.maxMessageBytes();
  }

  @Override
  public CompletionStage<PublishReceipt> publish(EncodedEnvelope encoded) {
    return publish(encoded, EnvelopeKeys.once(encoded.envelope()), null);
  }

  private CompletionStage<PublishReceipt> publish(
      EncodedEnvelope encoded, String key, @Nullable String onlyQueue) {
    CompletableFuture<PublishReceipt> receipt = new CompletableFuture<>();
    dispatcher.change(() -> accept(encoded, key, onlyQueue, receipt));
    return receipt;
  }

  /** Accepts a message, or completes the receipt with what became of it. */
  private void accept(
      EncodedEnvelope encoded,
      String key,
      @Nullable String onlyQueue,
      CompletableFuture<PublishReceipt> receipt) {
    QueueState state = dispatcher.state();
    String id = encoded.envelope().id();
    Instant now = dispatcher.clock().now();
    CompletableFuture<PublishReceipt> same = publishing.get(key);
    if (same != null) {
      same.whenComplete(
          (done, failure) -> complete(receipt, new PublishReceipt(id, Outcome.DUPLICATE), failure));
      return;
    }
    List<SubscriptionQueue> targets =
        onlyQueue == null ? state.targets(encoded.envelope().topic()) : queue(onlyQueue);
    String refusal = state.refusal(targets, encoded.json().length());
    if (dispatcher.isClosed()) {
      fail(receipt, new CoordinationException("The broker is closed"));
    } else if (state.seen().contains(key, now)) {
      finish(receipt, id, Outcome.DUPLICATE);
    } else if (targets.isEmpty()) {
      dispatcher.later(() -> drop(encoded, receipt));
    } else if (refusal != null) {
      fail(receipt, new BrokerFullException(refusal));
    } else {
      QueuedMessage message = QueuedMessage.of(state.nextNumber(), key, now, encoded);
      record(state.reserve(message, targets), id, receipt);
    }
  }

  private List<SubscriptionQueue> queue(String queueName) {
    SubscriptionQueue queue = dispatcher.state().queues().get(queueName);
    return queue == null ? List.of() : List.of(queue);
  }

  private void record(
      QueueState.Accepted accepted, String id, CompletableFuture<PublishReceipt> receipt) {
    String key = accepted.message().key();
    publishing.put(key, receipt);
    dispatcher
        .log()
        .append(
            Json.write(LogLines.accepted(accepted.message(), accepted.names())),
            () -> {
              publishing.remove(key);
              dispatcher.enter(accepted);
              finish(receipt, id, Outcome.HELD);
            },
            failure -> {
              publishing.remove(key);
              dispatcher.state().cancel(accepted);
              fail(
                  receipt,
                  new CoordinationException("The message cannot be kept: " + failure, failure));
            });
  }

  private void drop(EncodedEnvelope encoded, CompletableFuture<PublishReceipt> receipt) {
    String id = encoded.envelope().id();
    if (!QueueLetters.mustArrive(encoded.envelope())) {
      receipt.complete(new PublishReceipt(id, Outcome.NO_SUBSCRIPTION));
      return;
    }
    try {
      dispatcher
          .letters()
          .add(List.of(QueueLetters.withoutQueue(encoded, dispatcher.clock().now())));
      receipt.complete(new PublishReceipt(id, Outcome.DEAD_LETTER));
    } catch (CoordinationException failure) {
      receipt.completeExceptionally(failure);
    }
  }

  private void finish(
      CompletableFuture<PublishReceipt> receipt, String id, PublishReceipt.Outcome outcome) {
    dispatcher.later(() -> receipt.complete(new PublishReceipt(id, outcome)));
  }

  private void fail(CompletableFuture<PublishReceipt> receipt, CoordinationException failure) {
    dispatcher.later(() -> receipt.completeExceptionally(failure));
  }

  private static <T> void complete(
      CompletableFuture<T> stage, T value, @Nullable Throwable failure) {
    if (failure == null) {
      stage.complete(value);
    } else {
      stage.completeExceptionally(failure);
    }
  }

  private void replay(DeadLetter letter, EncodedEnvelope encoded) {
    String queue = letter.subscription().isEmpty() ? null : letter.subscription();
    Outcome outcome = join(publish(encoded, "replay " + letter.id(), queue)).outcome();
    if (outcome != Outcome.HELD && outcome != Outcome.DUPLICATE) {
      throw new CoordinationException(
          "Dead letter %s cannot be replayed, because %s: subscribe first"
              .formatted(
                  letter.id(),
                  queue == null
                      ? "no subscription matches " + letter.topic()
                      : "there is no subscription " + queue));
    }
  }

  @Override
  public EngineConsumer consume(Subscription subscription, Consumer<EngineDelivery> receiver) {
    QueueMember member = new QueueMember(subscription, receiver);
    CompletableFuture<Boolean> begun = new CompletableFuture<>();
    dispatcher.change(() -> join(subscription, member, begun));
    join(begun);
    return () -> leave(subscription.name(), member);
  }

  private void join(
      Subscription subscription, QueueMember member, CompletableFuture<Boolean> begun) {
    SubscriptionQueue known = dispatcher.state().queues().get(subscription.name());
    if (known != null && !known.pattern().equals(subscription.pattern())) {
      dispatcher.later(() ->
          begun.completeExceptionally(
              new CoordinationException(
                  "The subscription %s has the pattern %s, not %s: unsubscribe it first, or use another name"
                      .formatted(known.name(), known.pattern(), subscription.pattern()))));
      return;
    }
    if (dispatcher.isClosed()) {
      dispatcher.later(
          () -> begun.completeExceptionally(new CoordinationException("The broker is closed")));
      return;
    }
    if (known != null) {
      known.members().add(member);
      dispatcher.touch(known);
      dispatcher.later(() -> begun.complete(true));
      return;
    }
    SubscriptionQueue queue =
        dispatcher.state().addQueue(subscription.name(), subscription.pattern());
    queue.members().add(member);
    dispatcher
        .log()
        .append(
            LogLines.subscribed(subscription.name(), subscription.pattern()),
            () -> dispatcher.later(() -> begun.complete(true)),
            failure -> {
              dispatcher.state().queues().remove(queue.name());
              dispatcher.later(() ->
                  begun.completeExceptionally(
                      new CoordinationException(
                          "The subscription cannot be kept: " + failure, failure)));
            });
  }

  private void leave(String queueName, QueueMember member) {
    dispatcher.change(() -> {
      member.closed = true;
      SubscriptionQueue queue = dispatcher.state().queues().get(queueName);
      if (queue != null) {
        queue.members().remove(member);
      }
    });
  }

  @Override
  public boolean remove(String subscription) {
    List<SubscriptionQueue> removed = new ArrayList<>();
    dispatcher.change(() -> {
      SubscriptionQueue queue = dispatcher.state().queues().get(subscription);
      if (queue != null && queue.members().isEmpty()) {
        dispatcher.state().queues().remove(subscription);
      }
      if (queue != null) {
        removed.add(queue);
      }
    });
    if (removed.isEmpty()) {
      return false;
    }
    SubscriptionQueue queue = removed.get(0);
    if (!queue.members().isEmpty()) {
      throw new CoordinationException(
          "The subscription " + subscription + " has a consumer: close it first");
    }
    bury(queue);
    return true;
  }

  private void bury(SubscriptionQueue queue) {
    Instant now = dispatcher.clock().now();
    List<QueueEntry> entries = List.copyOf(queue.entries()); // no one else changes it any more
    dispatcher
        .letters()
        .add(
            entries.stream()
                .map(entry ->
                    QueueLetters.of(
                        entry, queue.name(), DeadLetter.Reason.SUBSCRIPTION_REMOVED, "", now))
                .toList());
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    dispatcher.change(() -> {
      entries.forEach(entry -> dispatcher.state().finish(queue, entry));
      dispatcher
          .log()
          .append(
              LogLines.removed(queue.name()),
              () -> dispatcher.later(() -> done.complete(true)),
              failure -> dispatcher.later(() -> done.completeExceptionally(failure)));
    });
    join(done);
  }

  /** Returns how many messages of a subscription are not handled yet. */
  int pending(String subscription) {
    return dispatcher.read(state -> {
      SubscriptionQueue queue = state.queues().get(subscription);
      return queue == null ? 0 : queue.size();
    });
  }

  @Override
  public boolean isServed(String topic) {
    List<SubscriptionQueue> targets = new ArrayList<>();
    dispatcher.change(() ->
        dispatcher.state().targets(topic).stream()
            .filter(queue -> !queue.members().isEmpty())
            .forEach(targets::add));
    return !targets.isEmpty();
  }

  @Override
  public AutoCloseable listen(String topic, Consumer<String> receiver) {
    listeners.put(topic, receiver);
    return () -> listeners.remove(topic, receiver);
  }

  @Override
  public void send(EncodedEnvelope message) {
    Consumer<String> listener = listeners.get(message.envelope().topic());
    if (listener != null) {
      listener.accept(message.json());
    }
  }

  @Override
  public DeadLetters deadLetters() {
    return letters;
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

  /** Writes what was accepted, and ends. */
  @Override
  public void close() {
    dispatcher.close();
  }
}
