package io.gild.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gild.a2a.A2aMessage;
import io.gild.config.Experimental;
import io.gild.coordination.Broker;
import io.gild.coordination.BrokerFullException;
import io.gild.coordination.BrokerLimits;
import io.gild.coordination.CoordinationException;
import io.gild.coordination.DeadLetter;
import io.gild.coordination.DeadLetter.Reason;
import io.gild.coordination.Delivery;
import io.gild.coordination.Envelope;
import io.gild.coordination.Intent;
import io.gild.coordination.MessageTooLargeException;
import io.gild.coordination.NoReceiverException;
import io.gild.coordination.PublishReceipt.Outcome;
import io.gild.coordination.Redelivery;
import io.gild.coordination.RequestTimeoutException;
import io.gild.coordination.Subscription;
import io.gild.coordination.Subscription.Effects;
import io.gild.coordination.Topics;
import io.gild.coordination.spi.BrokerEngine;
import io.gild.coordination.spi.EncodedEnvelope;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every engine of the broker does. A test of an engine extends this class; each test gets an
 * empty engine.
 */
@Experimental
public abstract class BrokerContract {

  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Redelivery FAST =
      Redelivery.DEFAULT
          .withMaxDeliveries(3)
          .withDelays(Duration.ofMillis(20), Duration.ofMillis(50));
  private static final BrokerLimits LIMITS = BrokerLimits.DEFAULT;

  private final List<Broker> opened = new ArrayList<>();
  private final Queue<String> handled = new ConcurrentLinkedQueue<>();

  /** Creates the tests. */
  protected BrokerContract() {}

  /**
   * Creates an empty engine.
   *
   * @param limits what it holds at most
   * @return the engine; closed after the test
   * @throws Exception if that is impossible
   */
  protected abstract BrokerEngine create(BrokerLimits limits) throws Exception;

  private Broker open() throws Exception {
    return open(LIMITS);
  }

  private Broker open(BrokerLimits limits) throws Exception {
    return open(create(limits));
  }

  private Broker open(BrokerEngine engine) {
    Broker broker =
        Broker.builder(engine)
            .publishTimeout(Duration.ofMillis(200))
            .closeTimeout(Duration.ofMillis(200))
            .build();
    opened.add(broker);
    return broker;
  }

  @AfterEach
  void close() {
    opened.forEach(Broker::close);
  }

  @Test
  void deliversToEverySubscriptionThatMatches() throws Exception {
    Broker broker = open();
    broker.subscribe(fast("all", "orders.>"), delivery -> handle("all", delivery));
    broker.subscribe(fast("created", "orders.*.created"), delivery -> handle("created", delivery));
    broker.subscribe(fast("other", "orders.eu"), delivery -> handle("other", delivery));
    assertEquals(Outcome.HELD, publish(broker, "orders.eu.created", "1"));
    assertEquals(Outcome.HELD, publish(broker, "orders.eu.paid", "2"));
    await(() -> handled.size() >= 3);
    assertEquals(Set.of("all:1", "all:2", "created:1"), Set.copyOf(handled));
  }

  @Test
  void sharesMessagesAmongConsumersOfTheSameName() throws Exception {
    Broker broker = open();
    broker.subscribe(fast("work", "work"), delivery -> handle("w", delivery));
    broker.subscribe(fast("work", "work"), delivery -> handle("w", delivery));
    for (int i = 0; i < 50; i++) {
      publish(broker, "work", "" + i);
    }
    await(() -> handled.size() >= 50);
    assertEquals(50, Set.copyOf(handled).size());
    assertEquals(50, handled.size());
  }

  @Test
  void keepsMessagesWhileASubscriptionHasNoConsumer() throws Exception {
    Broker broker = open();
    broker.subscribe(fast("later", "events"), delivery -> handle("first", delivery)).close();
    publish(broker, "events", "1");
    broker.subscribe(fast("later", "events"), delivery -> handle("second", delivery));
    await(() -> handled.contains("second:1"));
  }

  @Test
  void rejectsAnotherPatternForAName() throws Exception {
    Broker broker = open();
    broker.subscribe(fast("name", "a.*"), delivery -> {});
    assertThrows(
        CoordinationException.class, () -> broker.subscribe(fast("name", "b.*"), delivery -> {}));
  }

  @Test
  void dropsAnEventWithoutASubscription() throws Exception {
    Broker broker = open();
    assertEquals(Outcome.NO_SUBSCRIPTION, publish(broker, "events", "1"));
    assertTrue(broker.deadLetters().list().isEmpty());
  }

  @Test
  void keepsAMessageToAnInboxWithoutASubscriptionInTheDeadLetters() throws Exception {
    Broker broker = open();
    assertEquals(Outcome.DEAD_LETTER, publish(broker, Topics.inbox("Ann B."), "1"));
    DeadLetter letter = broker.deadLetters().list().get(0);
    assertEquals(Reason.NO_SUBSCRIPTION, letter.reason());
    assertEquals("1", letter.envelope().message().text());
  }

  @Test
  void deliversAgainAfterAFailureAndGivesUp() throws Exception {
    Broker broker = open();
    broker.subscribe(
        fast("fails", "work"),
        delivery -> {
          handle("" + delivery.number(), delivery);
          throw new IllegalStateException("broken");
        });
    publish(broker, "work", "a");
    DeadLetter letter = awaitLetter(broker);
    assertEquals(List.of("1:a", "2:a", "3:a"), List.copyOf(handled));
    assertEquals(Reason.MAX_DELIVERIES, letter.reason());
    assertEquals(3, letter.deliveries());
    assertEquals("fails", letter.subscription());
    assertTrue(letter.detail().contains("broken"), letter.detail());
  }

  @Test
  void survivesAHandlerThatThrowsAnErrorOrInterruptsItself() throws Exception {
    Broker broker = open();
    broker.subscribe(
        fast("wild", "work"),
        delivery -> {
          if (delivery.number() == 1) {
            Thread.currentThread().interrupt();
            throw new StackOverflowError("deep");
          }
          handle("ok", delivery);
        });
    publish(broker, "work", "1");
    publish(broker, "work", "2");
    await(() -> handled.size() >= 2);
    assertEquals(Set.of("ok:1", "ok:2"), Set.copyOf(handled));
  }

  @Test
  void movesARejectedMessageToTheDeadLetters() throws Exception {
    Broker broker = open();
    broker.subscribe(fast("strict", "work"), delivery -> delivery.reject("not for us"));
    publish(broker, "work", "1");
    DeadLetter letter = awaitLetter(broker);
    assertEquals(Reason.REJECTED, letter.reason());
    assertEquals("not for us", letter.detail());
    assertEquals(1, letter.deliveries());
  }

  @Test
  void neverDeliversAnExpiredMessage() throws Exception {
    Broker broker = open();
    broker.subscribe(fast("slow", "work"), delivery -> handle("x", delivery)).close();
    broker.publish(event("work", "1").deadline(Instant.now().minusSeconds(1)).build());
    broker.subscribe(fast("slow", "work"), delivery -> handle("x", delivery));
    assertEquals(Reason.EXPIRED, awaitLetter(broker).reason());
    assertTrue(handled.isEmpty());
  }

  @Test
  void movesAnUnknownIntentToTheDeadLetters() throws Exception {
    BrokerEngine engine = create(LIMITS);
    Broker broker = open(engine);
    broker.subscribe(fast("work", "work"), delivery -> handle("x", delivery));
    EncodedEnvelope known = EncodedEnvelope.of(event("work", "1").build());
    String json = known.json().replace("\"publish\"", "\"levitate\"");
    engine
        .publish(
            new EncodedEnvelope(
                known.envelope(), json, json.getBytes(StandardCharsets.UTF_8).length))
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
    DeadLetter letter = awaitLetter(broker);
    assertEquals(Reason.UNKNOWN_INTENT, letter.reason());
    assertTrue(letter.json().contains("levitate"));
    assertTrue(handled.isEmpty());
  }

  @Test
  void waitsAsLongAsTheHandlerAsks() throws Exception {
    Broker broker = open();
    List<Long> times = new ArrayList<>();
    broker.subscribe(
        fast("patient", "work"),
        delivery -> {
          times.add(System.nanoTime());
          if (delivery.number() == 1) {
            delivery.retry(Duration.ofMillis(300));
          } else {
            handle("done", delivery);
          }
        });
    publish(broker, "work", "1");
    await(() -> handled.contains("done:1"));
    assertTrue(times.get(1) - times.get(0) >= TimeUnit.MILLISECONDS.toNanos(295));
  }

  @Test
  void blocksOnlyTheKeyOfAMessageThatWaits() throws Exception {
    Broker broker = open();
    broker.subscribe(
        fast("ordered", "work").withConcurrency(4),
        delivery -> {
          if (delivery.envelope().message().text().equals("a1") && delivery.number() == 1) {
            delivery.retry(Duration.ofMillis(500));
            return;
          }
          handle("x", delivery);
        });
    for (String text : List.of("a1", "a2", "b1", "b2")) {
      broker.publish(event("work", text).orderingKey(text.substring(0, 1)).build());
    }
    await(() -> handled.size() >= 4);
    assertEquals(List.of("x:b1", "x:b2", "x:a1", "x:a2"), List.copyOf(handled));
  }

  @Test
  void handlesOneMessageOfAKeyAtATimeInOrder() throws Exception {
    Broker broker = open();
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    for (int i = 0; i < 2; i++) {
      broker.subscribe(
          fast("ordered", "work").withConcurrency(4),
          delivery -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            handle("x", delivery);
            Thread.sleep(1);
            running.decrementAndGet();
          });
    }
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      broker.publish(event("work", "" + i).orderingKey("one").build());
      expected.add("x:" + i);
    }
    await(() -> handled.size() >= 30);
    assertEquals(expected, List.copyOf(handled));
    assertEquals(1, most.get());
  }

  @Test
  void acceptsAnIdempotencyKeyOncePerTenant() throws Exception {
    Broker broker = open();
    broker.subscribe(fast("work", "work"), delivery -> handle("x", delivery));
    assertEquals(
        Outcome.HELD, broker.publish(event("work", "1").idempotencyKey("k").build()).outcome());
    assertEquals(
        Outcome.DUPLICATE,
        broker.publish(event("work", "2").idempotencyKey("k").build()).outcome());
    assertEquals(
        Outcome.HELD,
        broker.publish(event("work", "3").idempotencyKey("k").tenant("acme").build()).outcome());
    await(() -> handled.size() >= 2);
    assertEquals(Set.of("x:1", "x:3"), Set.copyOf(handled));
  }

  @Test
  void handlesAFinishedKeyOnlyOnce() throws Exception {
    BrokerLimits forgetful =
        new BrokerLimits(
            LIMITS.maxMessageBytes(),
            LIMITS.maxPending(),
            LIMITS.maxPendingBytes(),
            Duration.ofMillis(100),
            LIMITS.finishedWindow(),
            LIMITS.maxKeys());
    Broker broker = open(forgetful);
    broker.subscribe(
        fast("once", "work").withEffects(Effects.ONCE), delivery -> handle("x", delivery));
    broker.publish(event("work", "1").idempotencyKey("k").build());
    await(() -> handled.size() == 1);
    await(() ->
        broker.publish(event("work", "2").idempotencyKey("k").build()).outcome() == Outcome.HELD);
    broker.publish(event("work", "last").build());
    await(() -> handled.contains("x:last"));
    assertEquals(List.of("x:1", "x:last"), List.copyOf(handled));
  }

  @Test
  void neverRunsAHandlerTwiceIfItMayHaveRun() throws Exception {
    Broker broker = open();
    CountDownLatch end = new CountDownLatch(1);
    Redelivery impatient =
        FAST.withAckWait(Duration.ofMillis(200)).withHandlingTimeout(Duration.ZERO);
    broker.subscribe(
        Subscription.of("careful", "work")
            .withEffects(Effects.NEVER_TWICE)
            .withConcurrency(2)
            .withRedelivery(impatient),
        delivery -> {
          handle("x", delivery);
          end.await();
        });
    publish(broker, "work", "1");
    assertEquals(Reason.OUTCOME_UNKNOWN, awaitLetter(broker).reason());
    assertEquals(List.of("x:1"), List.copyOf(handled));
    end.countDown();
  }

  @Test
  void deliversToAnotherHandlerIfOneHangs() throws Exception {
    Broker broker = open();
    CountDownLatch end = new CountDownLatch(1);
    Redelivery impatient =
        FAST.withAckWait(Duration.ofMillis(200)).withHandlingTimeout(Duration.ZERO);
    broker.subscribe(
        Subscription.of("hangs", "work").withConcurrency(2).withRedelivery(impatient),
        delivery -> {
          if (delivery.number() == 1) {
            end.await();
          }
          handle("" + delivery.number(), delivery);
        });
    publish(broker, "work", "1");
    await(() -> handled.contains("2:1"));
    end.countDown();
  }

  @Test
  void keepsTheMessageOfAHandlerThatIsSlow() throws Exception {
    Broker broker = open();
    broker.subscribe(
        fast("slow", "work")
            .withConcurrency(2)
            .withRedelivery(FAST.withAckWait(Duration.ofMillis(400))),
        delivery -> {
          Thread.sleep(1_500);
          handle("" + delivery.number(), delivery);
        });
    publish(broker, "work", "1");
    await(() -> !handled.isEmpty());
    assertEquals(List.of("1:1"), List.copyOf(handled));
  }

  @Test
  void interruptsAHandlerThatTakesTooLong() throws Exception {
    Broker broker = open();
    broker.subscribe(
        fast("hangs", "work").withRedelivery(FAST.withHandlingTimeout(Duration.ofMillis(100))),
        delivery -> {
          if (delivery.number() == 1) {
            new CountDownLatch(1).await();
          }
          handle("" + delivery.number(), delivery);
        });
    publish(broker, "work", "1");
    await(() -> handled.contains("2:1"));
  }

  @Test
  void publishesWhatAHandlerPublishesOnlyIfItSucceeds() throws Exception {
    Broker broker = open();
    broker.subscribe(fast("results", "results"), delivery -> handle("result", delivery));
    broker.subscribe(
        fast("work", "work").withEffects(Effects.ONCE),
        delivery -> {
          delivery.publish(event("results", "of try " + delivery.number()).build());
          if (delivery.number() == 1) {
            throw new IllegalStateException("first");
          }
        });
    publish(broker, "work", "1");
    await(() -> !handled.isEmpty());
    publish(broker, "results", "last");
    await(() -> handled.contains("result:last"));
    assertEquals(List.of("result:of try 2", "result:last"), List.copyOf(handled));
  }

  @Test
  void repliesToARequest() throws Exception {
    Broker broker = open();
    broker.subscribe(
        fast("agent", Topics.inbox("agent")),
        delivery -> {
          delivery.reply(Intent.PROGRESS, A2aMessage.ofAgent("soon"));
          delivery.reply(A2aMessage.ofAgent("42 " + delivery.envelope().message().text()));
        });
    Envelope request =
        Envelope.builder(Topics.inbox("agent"), Intent.REQUEST, A2aMessage.ofUser("why?")).build();
    Envelope reply = broker.request(request, DEADLINE);
    assertEquals("42 why?", reply.message().text());
    assertEquals(Intent.RESULT, reply.intent());
    assertEquals(request.id(), reply.correlationId());
  }

  @Test
  void failsARequestAtOnceIfNoConsumerServesIt() throws Exception {
    Broker broker = open();
    broker.subscribe(fast("gone", Topics.inbox("gone")), delivery -> {}).close();
    Envelope request =
        Envelope.builder(Topics.inbox("gone"), Intent.REQUEST, A2aMessage.ofUser("?")).build();
    assertThrows(NoReceiverException.class, () -> broker.request(request, Duration.ofHours(1)));
    assertTrue(broker.deadLetters().list().isEmpty());
  }

  @Test
  void deliversNoRequestAfterItsDeadline() throws Exception {
    Broker broker = open();
    CountDownLatch busy = new CountDownLatch(1);
    broker.subscribe(
        fast("busy", Topics.inbox("busy")),
        delivery -> {
          handle("x", delivery);
          busy.await();
        });
    publish(broker, Topics.inbox("busy"), "first");
    await(() -> handled.contains("x:first"));
    Envelope request =
        Envelope.builder(Topics.inbox("busy"), Intent.REQUEST, A2aMessage.ofUser("late")).build();
    assertThrows(
        RequestTimeoutException.class, () -> broker.request(request, Duration.ofMillis(200)));
    busy.countDown();
    assertEquals(Reason.EXPIRED, awaitLetter(broker).reason());
    assertEquals(List.of("x:first"), List.copyOf(handled));
  }

  @Test
  void replaysADeadLetterToItsSubscriptionAlone() throws Exception {
    Broker broker = open();
    Set<String> broken = ConcurrentHashMap.newKeySet();
    broken.add("yes");
    broker.subscribe(
        fast("fails", "work"),
        delivery -> {
          if (broken.contains("yes")) {
            delivery.reject("broken");
          } else {
            handle("repaired", delivery);
          }
        });
    broker.subscribe(fast("other", "work"), delivery -> handle("other", delivery));
    publish(broker, "work", "1");
    DeadLetter letter = awaitLetter(broker);
    await(() -> handled.contains("other:1"));
    broken.clear();
    broker.deadLetters().replay(letter.id());
    await(() -> handled.contains("repaired:1"));
    publish(broker, "work", "2");
    await(() -> handled.contains("other:2") && handled.contains("repaired:2"));
    assertEquals(4, handled.size(), handled.toString());
    assertTrue(broker.deadLetters().list().isEmpty());
    assertThrows(CoordinationException.class, () -> broker.deadLetters().replay(letter.id()));
  }

  @Test
  void dropsDeadLetters() throws Exception {
    Broker broker = open();
    publish(broker, Topics.inbox("a"), "1");
    publish(broker, Topics.inbox("a"), "2");
    List<DeadLetter> letters = broker.deadLetters().list();
    assertEquals(2, letters.size());
    String first = letters.get(0).id();
    assertEquals(first, broker.deadLetters().find(first).orElseThrow().id());
    assertEquals(1, broker.deadLetters().drop(List.of(first, "unknown")));
    assertTrue(broker.deadLetters().find(first).isEmpty());
    assertEquals(1, broker.deadLetters().list().size());
  }

  @Test
  void movesMessagesOfARemovedSubscriptionToTheDeadLetters() throws Exception {
    Broker broker = open();
    broker.subscribe(fast("removed", "work"), delivery -> handle("x", delivery)).close();
    publish(broker, "work", "1");
    assertTrue(broker.unsubscribe("removed"));
    assertFalse(broker.unsubscribe("removed"));
    DeadLetter letter = broker.deadLetters().list().get(0);
    assertEquals(Reason.SUBSCRIPTION_REMOVED, letter.reason());
    assertEquals(Outcome.NO_SUBSCRIPTION, publish(broker, "work", "2"));
  }

  @Test
  void carriesTenMegabytes() throws Exception {
    Broker broker = open();
    String text = "é\n".repeat(5_000_000 / 2) + "x".repeat(2_500_000);
    broker.subscribe(
        fast("large", "work"),
        delivery -> handled.add(delivery.envelope().message().text().equals(text) + ""));
    publish(broker, "work", text);
    await(() -> !handled.isEmpty());
    assertEquals("true", handled.peek());
    assertThrows(
        MessageTooLargeException.class, () -> publish(broker, "work", "x".repeat(17 << 20)));
  }

  @Test
  void delaysNoOneBecauseOfASlowSubscription() throws Exception {
    Broker broker = open();
    CountDownLatch end = new CountDownLatch(1);
    broker.subscribe(fast("slow", "work"), delivery -> end.await());
    broker.subscribe(fast("quick", "work"), delivery -> handle("x", delivery));
    for (int i = 0; i < 20; i++) {
      publish(broker, "work", "" + i);
    }
    await(() -> handled.size() >= 20);
    end.countDown();
  }

  @Test
  void refusesMessagesWhileItIsFull() throws Exception {
    BrokerLimits small =
        new BrokerLimits(
            LIMITS.maxMessageBytes(),
            5,
            LIMITS.maxPendingBytes(),
            LIMITS.duplicateWindow(),
            LIMITS.finishedWindow(),
            LIMITS.maxKeys());
    Broker broker = open(small);
    broker.subscribe(fast("none", "work"), delivery -> handle("x", delivery)).close();
    for (int i = 0; i < 5; i++) {
      publish(broker, "work", "" + i);
    }
    assertThrows(BrokerFullException.class, () -> publish(broker, "work", "5"));
    broker.subscribe(fast("none", "work"), delivery -> handle("x", delivery));
    await(() -> handled.size() >= 5);
    await(() -> {
      try {
        return publish(broker, "work", "6") == Outcome.HELD;
      } catch (BrokerFullException notYet) {
        return false;
      }
    });
    await(() -> handled.contains("x:6"));
  }

  @Test
  void keepsTheMessageOfAConsumerThatIsClosed() throws Exception {
    Broker broker = open();
    broker
        .subscribe(
            fast("work", "work"),
            delivery -> {
              handle("first", delivery);
              delivery.retry(Duration.ZERO);
            })
        .close();
    publish(broker, "work", "1");
    broker.subscribe(fast("work", "work"), delivery -> handle("second", delivery));
    await(() -> handled.contains("second:1"));
    assertEquals(List.of("second:1"), List.copyOf(handled));
  }

  private void handle(String prefix, Delivery delivery) {
    handled.add(prefix + ":" + delivery.envelope().message().text());
  }

  private static Subscription fast(String name, String pattern) {
    return Subscription.of(name, pattern).withRedelivery(FAST);
  }

  private static Envelope.Builder event(String topic, String text) {
    return Envelope.builder(topic, Intent.PUBLISH, A2aMessage.ofUser(text));
  }

  private static Outcome publish(Broker broker, String topic, String text) {
    return broker.publish(event(topic, text).build()).outcome();
  }

  private static DeadLetter awaitLetter(Broker broker) throws InterruptedException {
    await(() -> !broker.deadLetters().list().isEmpty());
    return broker.deadLetters().list().get(0);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "not within " + DEADLINE);
      Thread.sleep(5);
    }
  }
}
