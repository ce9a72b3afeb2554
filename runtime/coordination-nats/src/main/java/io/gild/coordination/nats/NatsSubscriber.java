package io.gild.coordination.nats;

import io.gild.coordination.CoordinationException;
import io.gild.coordination.Subscription;
import io.gild.coordination.spi.EngineConsumer;
import io.gild.coordination.spi.EngineDelivery;
import io.gild.core.GildLog;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A consumer of a subscription: asks the server for as many messages as it has free handlers, and
 * keeps those that came before their turn.
 */
final class NatsSubscriber implements EngineConsumer {

  private static final Duration PULL = Duration.ofSeconds(2);
  private static final Duration IDLE = Duration.ofMillis(100);
  private static final Duration IDLE_PARKED = Duration.ofMillis(20);
  private static final Duration LATE = Duration.ofMillis(50);
  private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long PAUSE_MILLIS = 200;

  private final NatsLink link;
  private final NatsConsumers consumers;
  private final Subscription subscription;
  private final NatsDelivery.Shared shared;
  private final Consumer<EngineDelivery> receiver;
  private final Consumer<NatsSubscriber> onClose;
  private final Semaphore slots;
  private final ParkedMessages parked;
  private final PullBudget pulls = new PullBudget(PULL);
  private volatile JetStreamSubscription pull;
  private final Object closing = new Object();
  private volatile boolean closed;
  private long checkedNanos = System.nanoTime();

  NatsSubscriber(
      NatsLink link,
      NatsConsumers consumers,
      Subscription subscription,
      NatsDelivery.Shared shared,
      Consumer<EngineDelivery> receiver,
      Consumer<NatsSubscriber> onClose) {
    this.link = link;
    this.consumers = consumers;
    this.subscription = subscription;
    this.shared = shared;
    this.receiver = receiver;
    this.onClose = onClose;
    this.slots = new Semaphore(subscription.concurrency());
    this.parked =
        new ParkedMessages(shared.names(), shared.order(), subscription.redelivery().ackWait());
    this.pull = bind();
  }

  void start() {
    Thread thread = new Thread(null, this::run, "gild-nats-" + subscription.name(), 0, false);
    thread.setContextClassLoader(null);
    thread.setDaemon(true);
    thread.start();
  }

  String name() {
    return subscription.name();
  }

  private JetStreamSubscription bind() {
    return NatsFailures.call(
        "consume " + subscription.name(),
        () ->
            link.jetStream()
                .subscribe(
                    null,
                    PullSubscribeOptions.bind(shared.names().messages(), subscription.name())));
  }

  private void run() {
    while (!closed) {
      try {
        step();
      } catch (CoordinationException | IllegalStateException failure) {
        if (!closed) {
          recover(failure);
        }
      } catch (InterruptedException notOurs) {
        // the thread ends with its consumer alone
      }
    }
    giveBack();
  }

  /** Gives back what was asked for before the end; else it would wait for the end of ack-wait. */
  private void giveBack() {
    try {
      parked.close();
      Message late = pull.nextMessage(LATE);
      while (late != null) {
        late.nak();
        late = pull.nextMessage(LATE);
      }
      pull.unsubscribe();
    } catch (IllegalStateException disconnected) {
      // then the server has forgotten it
    } catch (InterruptedException notOurs) {
      // the server forgets it with the connection
    }
  }

  private void step() throws InterruptedException {
    parked.extend();
    feed();
    ask();
    Message message = pull.nextMessage(parked.isEmpty() ? IDLE : IDLE_PARKED);
    if (message == null) {
      check();
      return;
    }
    pulls.received();
    if (!parked.park(message)) {
      while (!slots.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS)) {
        message.inProgress(); // more came than were asked for
      }
      handOver(message);
    }
  }

  /** Gives messages whose turn has come to free handlers. */
  private void feed() {
    while (!closed && !parked.isEmpty() && slots.tryAcquire()) {
      Message message = null;
      try {
        message = parked.next();
      } finally {
        if (message == null) {
          slots.release();
        }
      }
      if (message == null) {
        return;
      }
      handOver(message);
    }
  }

  private void ask() {
    int more = pulls.take(slots.availablePermits());
    if (more > 0 && !closed) {
      pull.pullExpiresIn(more, PULL);
    }
  }

  private void handOver(Message message) {
    synchronized (closing) {
      if (!closed) {
        deliver(message);
        return;
      }
    }
    message.nak(); // came after the end
    slots.release();
  }

  private void deliver(Message message) {
    NatsDelivery delivery = new NatsDelivery(shared, message, this::release);
    String only = message.hasHeaders() ? message.getHeaders().getFirst(NatsNames.ONLY) : null;
    if (only != null && !only.equals(subscription.name())) {
      delivery.skip();
      delivery.release();
    } else {
      receiver.accept(delivery);
    }
  }

  private void release() {
    slots.release();
    if (closed) {
      return;
    }
    try {
      ask();
      feed();
    } catch (CoordinationException | IllegalStateException failure) {
      // the loop tries again
    }
  }

  /** Finds out in time that the server has lost the subscription. */
  private void check() {
    if (System.nanoTime() - checkedNanos > CHECK_NANOS) {
      checkedNanos = System.nanoTime();
      NatsFailures.call(
          "read the state of " + subscription.name(),
          () -> link.management().getConsumerInfo(shared.names().messages(), subscription.name()));
    }
  }

  private void recover(RuntimeException failure) {
    try {
      if (consumers.isGone(subscription.name())) {
        consumers.restore(subscription);
        pull = bind();
        pulls.reset();
      } else {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (CoordinationException | IllegalStateException | JetStreamApiException again) {
      GildLog.infoOnce(
          "The consumer of %s waits for NATS: %s"
              .formatted(subscription.name(), failure.getMessage()));
      pause();
    } catch (InterruptedException notOurs) {
      // the thread ends with its consumer alone
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException notOurs) {
      // the thread ends with its consumer alone
    }
  }

  @Override
  public void close() {
    synchronized (closing) {
      closed = true;
    }
    onClose.accept(this);
  }
}
