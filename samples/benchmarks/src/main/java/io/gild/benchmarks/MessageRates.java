package io.gild.benchmarks;

import io.gild.a2a.A2aMessage;
import io.gild.coordination.Broker;
import io.gild.coordination.BrokerLimits;
import io.gild.coordination.EmbeddedEngine;
import io.gild.coordination.Envelope;
import io.gild.coordination.Intent;
import io.gild.coordination.nats.NatsBrokerOptions;
import io.gild.coordination.nats.NatsEngine;
import io.gild.coordination.spi.BrokerEngine;
import io.gild.core.spi.Clock;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Messages from a sender to a consumer in the same JVM, each acknowledged on both sides: many at a
 * time for the rate, and one at a time for the delay.
 */
final class MessageRates {

  private static final int SINGLES = 500;
  private static final int IN_FLIGHT = 256;
  private static final int BATCH = 256;
  private static final int MOST_SECONDS = 120;

  /**
   * What was measured.
   *
   * @param micros microseconds per message if many are under way
   * @param p50 microseconds from sending a single message to its handler, the median
   * @param p99 the same, of the slowest hundredth
   */
  record Measured(double micros, double p50, double p99) {}

  private MessageRates() {}

  static Measured inProcess(int messages) throws Exception {
    return broker(EmbeddedEngine.inProcess(BrokerLimits.DEFAULT, Clock.SYSTEM), messages);
  }

  static Measured folder(Path folder, int messages) throws Exception {
    return broker(EmbeddedEngine.folder(folder, BrokerLimits.DEFAULT, Clock.SYSTEM), messages);
  }

  static Measured nats(String url, int messages) throws Exception {
    return broker(
        new NatsEngine(
            NatsBrokerOptions.of(url).withPrefix("bench" + System.nanoTime()),
            BrokerLimits.DEFAULT,
            Clock.SYSTEM),
        messages);
  }

  private static Measured broker(BrokerEngine engine, int messages) throws Exception {
    Arrivals arrivals = new Arrivals();
    try (Broker broker = Broker.builder(engine).build()) {
      broker.subscribe(broker.subscription("bench", "bench.work"), delivery -> arrivals.arrived());
      return measure(
          messages,
          arrivals,
          () ->
              broker.publishAsync(
                  Envelope.builder("bench.work", Intent.PUBLISH, A2aMessage.ofUser("work"))
                      .build()));
    }
  }

  /** Counts what the handler gets. */
  private static final class Arrivals {

    private volatile CountDownLatch expected = new CountDownLatch(0);

    void expect(int messages) {
      expected = new CountDownLatch(messages);
    }

    void arrived() {
      expected.countDown();
    }

    void await() throws InterruptedException {
      if (!expected.await(MOST_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(expected.getCount() + " messages did not arrive");
      }
    }
  }

  private interface Sender {
    CompletionStage<?> send() throws Exception;
  }

  private static Measured measure(int messages, Arrivals arrivals, Sender sender) throws Exception {
    flood(Math.max(1_000, messages / 4), arrivals, sender);
    double micros = flood(messages, arrivals, sender);
    List<Double> singles = new ArrayList<>();
    for (int i = 0; i < SINGLES; i++) {
      arrivals.expect(1);
      long start = System.nanoTime();
      sender.send();
      arrivals.await();
      singles.add((System.nanoTime() - start) / 1e3);
    }
    double[] sorted = singles.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Measured(micros, sorted[SINGLES / 2], sorted[SINGLES * 99 / 100]);
  }

  /** Returns microseconds per message. */
  private static double flood(int messages, Arrivals arrivals, Sender sender) throws Exception {
    arrivals.expect(messages);
    Semaphore flying = new Semaphore(IN_FLIGHT);
    long start = System.nanoTime();
    for (int i = 0; i < messages; i++) {
      flying.acquire();
      sender.send().whenComplete((receipt, failure) -> flying.release());
    }
    arrivals.await();
    return (System.nanoTime() - start) / 1e3 / messages;
  }

  /** The JDK's queue and a thread: no acknowledgements, no topics, nothing is kept. */
  static Measured plainQueue(int messages) throws Exception {
    BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    Arrivals arrivals = new Arrivals();
    Thread consumer =
        new Thread(() -> {
          try {
            while (true) {
              queue.take();
              arrivals.arrived();
            }
          } catch (InterruptedException end) {
            // the measurement is over
          }
        });
    consumer.start();
    try {
      return measure(
          messages,
          arrivals,
          () -> {
            queue.put("work");
            return CompletableFuture.completedFuture(null);
          });
    } finally {
      consumer.interrupt();
      consumer.join();
    }
  }

  /** NATS' own client, with a stream in files, a durable pull consumer and acknowledgements. */
  @SuppressWarnings("try") // closing a connection can be interrupted
  static Measured plainNats(String url, int messages) throws Exception {
    try (Connection connection = Nats.connect(url)) {
      String name = "plain" + System.nanoTime();
      connection
          .jetStreamManagement()
          .addStream(
              StreamConfiguration.builder()
                  .name(name)
                  .subjects(name + ".work")
                  .storageType(StorageType.File)
                  .build());
      JetStream jetStream = connection.jetStream();
      JetStreamSubscription subscription =
          jetStream.subscribe(
              name + ".work",
              PullSubscribeOptions.builder()
                  .configuration(
                      ConsumerConfiguration.builder()
                          .durable("bench")
                          .ackPolicy(AckPolicy.Explicit)
                          .maxAckPending(1_000)
                          .build())
                  .build());
      Arrivals arrivals = new Arrivals();
      Thread consumer = new Thread(() -> consume(subscription, arrivals));
      consumer.start();
      byte[] body = "work".getBytes(StandardCharsets.UTF_8);
      try {
        return measure(
            messages,
            arrivals,
            () -> {
              CompletableFuture<PublishAck> ack = jetStream.publishAsync(name + ".work", body);
              return ack;
            });
      } finally {
        consumer.interrupt();
        consumer.join();
      }
    }
  }

  private static void consume(JetStreamSubscription subscription, Arrivals arrivals) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        subscription.pull(BATCH);
        Message message = subscription.nextMessage(Duration.ofSeconds(1));
        while (message != null) {
          if (message.isJetStream()) {
            arrivals.arrived();
            message.ack();
          }
          message = subscription.nextMessage(Duration.ofMillis(50));
        }
      } catch (InterruptedException | IllegalStateException end) {
        return;
      }
    }
  }
}
