package io.gild.coordination;

import io.gild.coordination.spi.EngineDelivery;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps the message of a running handler, and interrupts a handler that takes too long. */
final class HandlerWatch {

  private static final int SIGNS_PER_WAIT = 3;

  private final EngineDelivery delivery;
  private final Thread handler;
  private final long startNanos = System.nanoTime();
  private final Duration timeout;
  private @Nullable ScheduledFuture<?> signs;
  private boolean ended;

  private HandlerWatch(EngineDelivery delivery, Duration timeout) {
    this.delivery = delivery;
    this.handler = Thread.currentThread();
    this.timeout = timeout;
  }

  static HandlerWatch start(
      EngineDelivery delivery, Redelivery redelivery, ScheduledExecutorService timer) {
    HandlerWatch watch = new HandlerWatch(delivery, redelivery.handlingTimeout());
    if (!redelivery.handlingTimeout().isZero()) {
      watch.schedule(
          timer,
          Math.min(
              redelivery.ackWait().toNanos() / SIGNS_PER_WAIT,
              redelivery.handlingTimeout().toNanos()));
    }
    return watch;
  }

  private synchronized void schedule(ScheduledExecutorService timer, long nanos) {
    long every = Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1));
    signs = timer.scheduleWithFixedDelay(this::sign, every, every, TimeUnit.NANOSECONDS);
  }

  private synchronized void sign() {
    if (ended) {
      return;
    }
    if (System.nanoTime() - startNanos >= timeout.toNanos()) {
      handler.interrupt();
      stop();
    } else {
      delivery.extend();
    }
  }

  private void stop() {
    ended = true;
    if (signs != null) {
      signs.cancel(false);
    }
  }

  /** Ends the watch; the handler's thread keeps no interrupt of its own or of this watch. */
  synchronized void end() {
    stop();
    Thread.interrupted();
  }
}
