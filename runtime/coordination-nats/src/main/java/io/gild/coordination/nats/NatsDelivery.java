package io.gild.coordination.nats;

import io.gild.coordination.CoordinationException;
import io.gild.coordination.DeadLetter;
import io.gild.coordination.spi.EncodedEnvelope;
import io.gild.coordination.spi.EngineDelivery;
import io.gild.core.GildLog;
import io.nats.client.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A delivery of NATS. */
final class NatsDelivery implements EngineDelivery {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** What the deliveries of a consumer share. */
  record Shared(
      NatsNames names,
      NatsKeys keys,
      KeyOrder order,
      NatsDeadLetters dead,
      Consumer<EncodedEnvelope> publisher,
      Duration timeout,
      String subscription,
      boolean rememberBegin) {}

  private final Shared shared;
  private final Message message;
  private final Runnable onRelease;
  private final AtomicBoolean released = new AtomicBoolean();
  private NatsKeys.@Nullable Past past;

  NatsDelivery(Shared shared, Message message, Runnable onRelease) {
    this.shared = shared;
    this.message = message;
    this.onRelease = onRelease;
  }

  @Override
  public String json() {
    return new String(message.getData(), StandardCharsets.UTF_8);
  }

  @Override
  public int number() {
    return (int) message.metaData().deliveredCount();
  }

  @Override
  public boolean isFinished() {
    return past() == NatsKeys.Past.FINISHED;
  }

  @Override
  public boolean isUncertain() {
    return past() == NatsKeys.Past.BEGUN;
  }

  /** Asks once, on the thread of the handler, and not at all if nothing is remembered. */
  private synchronized NatsKeys.Past past() {
    NatsKeys.Past known = past;
    String key = key();
    if (known == null) {
      known =
          key == null
              ? NatsKeys.Past.NOTHING
              : shared.rememberBegin()
                  ? shared.keys().begin(shared.subscription(), key)
                  : shared.keys().past(shared.subscription(), key);
      past = known;
    }
    return known;
  }

  private @Nullable String key() {
    return message.hasHeaders() ? message.getHeaders().getFirst(NatsNames.KEY) : null;
  }

  @Override
  public CompletionStage<Void> ack(List<EncodedEnvelope> outputs, boolean remember) {
    try {
      outputs.forEach(shared.publisher());
      String key = key();
      if (remember && key != null) {
        shared.keys().finish(shared.subscription(), key);
      }
      end();
      return CompletableFuture.completedFuture(null);
    } catch (CoordinationException failure) {
      comeAgain();
      return CompletableFuture.failedFuture(failure);
    }
  }

  /** Asks for another delivery of a message whose handler has run, which stays known. */
  private void comeAgain() {
    try {
      message.nakWithDelay(PAUSE);
    } catch (IllegalStateException disconnected) {
      // then it comes after ack-wait
    }
  }

  private void end() {
    String lane = shared.names().lane(message.getSubject());
    if (lane != null) {
      shared.order().end(lane, message.metaData().streamSequence());
    }
    NatsFailures.call(
        "end a delivery",
        () -> {
          message.ackSync(shared.timeout());
          return true;
        });
  }

  /** Ends the delivery of a message that is for another subscription. */
  void skip() {
    try {
      end();
    } catch (CoordinationException failure) {
      GildLog.infoOnce("A message for another subscription comes again: " + failure.getMessage());
    }
  }

  @Override
  public void retry(Duration delay) {
    String key = key();
    if (shared.rememberBegin() && key != null) {
      shared.keys().forget(shared.subscription(), key);
    }
    if (delay.isZero()) {
      message.nak();
    } else {
      message.nakWithDelay(delay);
    }
  }

  @Override
  public void extend() {
    try {
      message.inProgress();
    } catch (IllegalStateException notConnected) {
      GildLog.infoOnce("A sign of life of a handler cannot be sent: " + notConnected.getMessage());
    }
  }

  @Override
  public CompletionStage<Void> deadLetter(DeadLetter.Reason reason, String detail) {
    try {
      shared
          .dead()
          .add(
              shared.subscription(),
              message.metaData().streamSequence(),
              shared.names().topic(message.getSubject()),
              reason,
              detail,
              number(),
              json());
      end();
    } catch (CoordinationException failure) {
      return CompletableFuture.failedFuture(failure); // it is delivered again after a while
    }
    forget();
    return CompletableFuture.completedFuture(null);
  }

  /**
   * Lets the message be handled when it is replayed; not before its delivery has ended, or it would
   * be handled when it comes again.
   */
  private void forget() {
    String key = key();
    if (!shared.rememberBegin() || key == null) {
      return;
    }
    try {
      shared.keys().forget(shared.subscription(), key);
    } catch (CoordinationException failure) {
      GildLog.infoOnce(
          "A dead letter of "
              + shared.subscription()
              + " cannot be replayed before its key expires: "
              + failure.getMessage());
    }
  }

  @Override
  public void release() {
    if (released.compareAndSet(false, true)) {
      onRelease.run();
    }
  }
}
