package io.gild.coordination;

import io.gild.coordination.DeadLetter.Reason;
import io.gild.coordination.Subscription.Effects;
import io.gild.coordination.spi.EncodedEnvelope;
import io.gild.coordination.spi.EngineDelivery;
import io.gild.core.CallLabels;
import io.gild.core.CostDimension;
import io.gild.core.GildLog;
import io.gild.core.WorkTraces;
import io.gild.core.spi.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Runs the handler of one consumer and ends its deliveries. */
final class DeliveryRunner implements Consumer<EngineDelivery> {

  private static final int LONGEST_DETAIL = 2_000;

  /** What runners of a broker share. */
  record Shared(
      Executor handlers,
      ScheduledExecutorService timer,
      Clock clock,
      RandomGenerator random,
      Consumer<EncodedEnvelope> sender,
      Consumer<EncodedEnvelope> sizeCheck,
      WorkTraces traces) {}

  private final Subscription subscription;
  private final MessageHandler handler;
  private final Shared shared;
  private final DeliverySpans spans;
  private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();

  DeliveryRunner(Subscription subscription, MessageHandler handler, Shared shared) {
    this.subscription = subscription;
    this.handler = handler;
    this.shared = shared;
    this.spans = new DeliverySpans(shared.traces(), subscription);
  }

  @Override
  public void accept(EngineDelivery delivery) {
    try {
      shared.handlers().execute(() -> run(delivery));
    } catch (RejectedExecutionException closed) {
      delivery.retry(Duration.ZERO);
      delivery.release();
    }
  }

  private void run(EngineDelivery delivery) {
    try {
      Envelope envelope = readable(delivery);
      if (envelope != null && isDue(envelope, delivery)) {
        handle(envelope, delivery);
      }
    } catch (RuntimeException engine) { // the engine delivers the message again after a while
      GildLog.faultOnce("Ending a delivery of " + subscription.name(), engine);
    } finally {
      delivery.release();
    }
  }

  private @Nullable Envelope readable(EngineDelivery delivery) {
    try {
      return EnvelopeJson.read(delivery.json());
    } catch (UnknownIntentException unknown) {
      bury(delivery, Reason.UNKNOWN_INTENT, unknown.getMessage());
    } catch (UnreadableMessageException unreadable) {
      bury(delivery, Reason.UNREADABLE, unreadable.getMessage());
    }
    return null;
  }

  private boolean isDue(Envelope envelope, EngineDelivery delivery) {
    if (subscription.effects() != Effects.AT_LEAST_ONCE && delivery.isFinished()) {
      logFailure(delivery.ack(List.of(), true));
      return false;
    }
    if (subscription.effects() == Effects.NEVER_TWICE && delivery.isUncertain()) {
      bury(
          delivery,
          Reason.OUTCOME_UNKNOWN,
          "an earlier handler began and its end is unknown: check its effects, then replay or drop the message");
      return false;
    }
    if (delivery.number() > subscription.redelivery().maxDeliveries()) {
      bury(
          delivery,
          Reason.MAX_DELIVERIES,
          "the last handler did not end in time, or its JVM ended");
      return false;
    }
    if (envelope.isExpired(shared.clock().now())) {
      bury(delivery, Reason.EXPIRED, "its deadline was " + envelope.deadline());
      return false;
    }
    return true;
  }

  /** Returns what the calls of a handler are a part of. */
  private static String task(Envelope envelope) {
    String task = envelope.message().taskId();
    return task == null ? envelope.id() : task;
  }

  private void handle(Envelope envelope, EngineDelivery delivery) {
    Delivery given =
        new Delivery(envelope, delivery, subscription.name(), shared.sender(), shared.sizeCheck());
    DeliverySpans.Handled traced = spans.begin(envelope, delivery.number());
    Runnable label = CallLabels.of(CostDimension.TASK, task(envelope)).open();
    Throwable failure;
    try {
      failure = call(given, delivery);
    } finally {
      label.run();
    }
    boolean mayComeAgain = failure != null || given.retryDelay() != null;
    traced.ended(failure, mayComeAgain);
    String rejection = given.rejection();
    if (failure == null && rejection != null) {
      bury(delivery, Reason.REJECTED, rejection);
    } else if (mayComeAgain) {
      again(delivery, given.retryDelay(), failure);
    } else {
      logFailure(delivery.ack(given.outputs(), subscription.effects() != Effects.AT_LEAST_ONCE));
    }
  }

  private @Nullable Throwable call(Delivery given, EngineDelivery delivery) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    HandlerWatch watch = HandlerWatch.start(delivery, subscription.redelivery(), shared.timer());
    try {
      thread.setContextClassLoader(loader);
      handler.handle(given);
      return null;
    } catch (Throwable failure) { // even an Error must not lose the message
      return failure;
    } finally {
      watch.end();
      thread.setContextClassLoader(before);
    }
  }

  private void again(
      EngineDelivery delivery, @Nullable Duration wanted, @Nullable Throwable failure) {
    Redelivery redelivery = subscription.redelivery();
    if (delivery.number() >= redelivery.maxDeliveries()) {
      bury(
          delivery,
          Reason.MAX_DELIVERIES,
          failure == null ? "the last handler asked for another delivery" : failure.toString());
    } else {
      delivery.retry(
          wanted != null && failure == null
              ? wanted
              : redelivery.delay(delivery.number(), shared.random()));
    }
  }

  private void bury(EngineDelivery delivery, Reason reason, @Nullable String detail) {
    String text = detail == null ? "" : detail;
    logFailure(
        delivery.deadLetter(reason, text.substring(0, Math.min(text.length(), LONGEST_DETAIL))));
  }

  private void logFailure(CompletionStage<Void> end) {
    end.whenComplete((done, failure) -> {
      if (failure != null) {
        GildLog.faultOnce("Ending a delivery of " + subscription.name(), failure);
      }
    });
  }
}
