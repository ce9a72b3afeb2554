package io.gild.coordination;

import io.gild.coordination.QueueEntry.State;
import io.gild.coordination.spi.EncodedEnvelope;
import io.gild.coordination.spi.EngineDelivery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** A delivery of an engine in this JVM. */
final class EmbeddedDelivery implements EngineDelivery {

  private final QueueDispatcher dispatcher;
  private final SubscriptionQueue queue;
  private final QueueMember member;
  private final QueueEntry entry;
  private final int number;
  private final boolean finished;
  private final boolean uncertain;
  private final AtomicBoolean released = new AtomicBoolean();

  EmbeddedDelivery(
      QueueDispatcher dispatcher, SubscriptionQueue queue, QueueMember member, QueueEntry entry) {
    this.dispatcher = dispatcher;
    this.queue = queue;
    this.member = member;
    this.entry = entry;
    this.number = entry.deliveries;
    this.uncertain = entry.uncertain;
    this.finished = queue.finished().contains(entry.message.key(), dispatcher.clock().now());
  }

  @Override
  public String json() {
    return entry.message.json();
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public boolean isFinished() {
    return finished;
  }

  @Override
  public boolean isUncertain() {
    return uncertain;
  }

  @Override
  public CompletionStage<Void> ack(List<EncodedEnvelope> outputs, boolean remember) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    OutputMessages published = new OutputMessages(dispatcher, outputs);
    try {
      published.buryThoseWithoutQueue();
    } catch (CoordinationException failure) {
      again(Duration.ofSeconds(1), true);
      return CompletableFuture.failedFuture(failure);
    }
    dispatcher.change(() -> {
      if (!dispatcher.state().finish(queue, entry)) {
        dispatcher.later(() -> done.complete(null)); // another delivery has ended it
        return;
      }
      Instant now = dispatcher.clock().now();
      if (remember) {
        queue.finished().add(entry.message.key(), now);
      }
      List<Object> lines = published.reserve();
      dispatcher.touch(queue);
      dispatcher
          .log()
          .append(
              LogLines.handled(entry, queue.name(), remember, now, lines),
              () -> {
                published.enter();
                dispatcher.later(() -> done.complete(null));
              },
              failure -> {
                published.cancel();
                restore(remember);
                dispatcher.later(() -> done.completeExceptionally(failure));
              });
    });
    return done;
  }

  private void restore(boolean remember) {
    if (remember) {
      queue.finished().remove(entry.message.key());
    }
    dispatcher.state().restore(queue, entry);
    dispatcher.touch(queue);
  }

  @Override
  public void retry(Duration delay) {
    again(delay, false);
  }

  private void again(Duration delay, boolean handlerHasRun) {
    dispatcher.change(() -> {
      if (isMine()) {
        entry.uncertain = handlerHasRun;
        dispatcher.state().suspects().remove(entry);
        dispatcher.time(queue, entry, State.DELAYED, delay.toNanos());
        queue.wake(dispatcher.clock().nanoTime());
        dispatcher.touch(queue);
        if (!handlerHasRun) {
          Instant until = dispatcher.clock().now().plus(delay);
          dispatcher
              .log()
              .append(LogLines.retried(entry, queue.name(), until), () -> {}, failure -> {});
        }
      }
    });
  }

  /** Returns whether this is the newest delivery of the message. */
  private boolean isMine() {
    return entry.deliveries == number
        && (entry.state == State.IN_FLIGHT || entry.state == State.WAITING);
  }

  @Override
  public void extend() {
    dispatcher.change(() -> {
      if (entry.deliveries == number && entry.state == State.IN_FLIGHT) {
        dispatcher.time(
            queue, entry, State.IN_FLIGHT, member.subscription.redelivery().ackWait().toNanos());
      }
    });
  }

  @Override
  public CompletionStage<Void> deadLetter(DeadLetter.Reason reason, String detail) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    try {
      dispatcher
          .letters()
          .add(
              List.of(
                  QueueLetters.of(entry, queue.name(), reason, detail, dispatcher.clock().now())));
    } catch (CoordinationException failure) {
      retry(member.subscription.redelivery().maxDelay());
      return CompletableFuture.failedFuture(failure);
    }
    dispatcher.change(() -> {
      if (dispatcher.state().finish(queue, entry)) {
        dispatcher.touch(queue);
        dispatcher
            .log()
            .append(
                LogLines.buried(entry, queue.name()),
                () -> dispatcher.later(() -> done.complete(null)),
                failure -> dispatcher.later(() -> done.completeExceptionally(failure)));
      } else {
        dispatcher.later(() -> done.complete(null));
      }
    });
    return done;
  }

  @Override
  public void release() {
    if (released.compareAndSet(false, true)) {
      dispatcher.change(() -> {
        member.free++;
        dispatcher.touch(queue);
      });
    }
  }
}
