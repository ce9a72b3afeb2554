package io.gild.coordination.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.a2a.A2aMessage;
import io.gild.coordination.Broker;
import io.gild.coordination.BrokerLimits;
import io.gild.coordination.CoordinationException;
import io.gild.coordination.Envelope;
import io.gild.coordination.Intent;
import io.gild.coordination.MessageTooLargeException;
import io.gild.coordination.Redelivery;
import io.gild.coordination.Subscription;
import io.gild.core.GildLog;
import io.gild.core.spi.Clock;
import io.gild.testkit.NatsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens if the server is not there, restarts, or loses its disk. */
class NatsFailureTests {

  private static final Subscription WORK =
      Subscription.of("work", "work")
          .withRedelivery(Redelivery.DEFAULT.withAckWait(Duration.ofSeconds(2)));

  @TempDir Path folder;

  private final Queue<String> handled = new ConcurrentLinkedQueue<>();

  private static Broker open(String url) {
    return Broker.builder(
            new NatsEngine(
                new NatsBrokerOptions(url, Duration.ofSeconds(2), "gild", 1),
                BrokerLimits.DEFAULT,
                Clock.SYSTEM))
        .closeTimeout(Duration.ofMillis(100))
        .build();
  }

  private static Envelope message(String text) {
    return Envelope.builder("work", Intent.PUBLISH, A2aMessage.ofUser(text)).build();
  }

  private void publishAtLast(Broker broker, Envelope message) throws InterruptedException {
    await(() -> {
      try {
        broker.publish(message);
        return true;
      } catch (CoordinationException notYet) {
        return false;
      }
    });
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant deadline = Instant.now().plusSeconds(60);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.sleep(20);
    }
  }

  @Test
  void namesTheServerThatIsNotThere() {
    assertThatThrownBy(() -> open("nats://ann:secret@127.0.0.1:1"))
        .isInstanceOf(NatsException.class)
        .hasMessageContaining("nats://127.0.0.1:1")
        .hasMessageContaining("Start the server")
        .hasMessageNotContaining("secret");
  }

  @Test
  void refusesAMessageThatTheServerWouldRefuse() {
    try (NatsServer server = NatsServer.start(folder);
        Broker broker = open(server.url())) {
      assertThatThrownBy(() -> broker.publish(message("x".repeat(2 << 20))))
          .isInstanceOf(MessageTooLargeException.class)
          .hasMessageContaining("raise the limit of the server");
    }
  }

  @Test
  void goesOnAfterTheServerWasKilled() throws Exception {
    try (NatsServer server = NatsServer.start(folder);
        Broker broker = open(server.url())) {
      broker.subscribe(WORK, delivery -> handled.add(delivery.envelope().message().text()));
      broker.publish(message("1"));
      await(() -> handled.contains("1"));
      server.kill();
      assertThatThrownBy(() -> broker.publish(message("lost")))
          .isInstanceOf(CoordinationException.class)
          .hasMessageContaining("publish a message");
      server.restart();
      publishAtLast(broker, message("2"));
      await(() -> handled.contains("2"));
    }
  }

  @Test
  void reportsThatTheServerHasLostItsDisk() throws Exception {
    Queue<String> log = new ConcurrentLinkedQueue<>();
    GildLog.redirect((line, cause) -> log.add(line));
    try (NatsServer server = NatsServer.start(folder);
        Broker broker = open(server.url())) {
      broker.subscribe(WORK, delivery -> handled.add(delivery.envelope().message().text()));
      server.kill();
      delete(folder.resolve("jetstream"));
      server.restart();
      await(() -> log.stream().anyMatch(line -> line.contains("has lost the subscription work")));
      assertThat(log).anyMatch(line -> line.contains("has lost the stream gild-messages"));
      publishAtLast(broker, message("2"));
      await(() -> handled.contains("2"));
    } finally {
      GildLog.redirect((line, cause) -> System.err.println("[gild] " + line));
    }
  }

  private static void delete(Path path) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(path)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }

  @Test
  void movesWhatTheServerGaveUp() throws Exception {
    try (NatsServer server = NatsServer.start(folder);
        Broker broker = open(server.url());
        NatsLink link = new NatsLink(NatsBrokerOptions.of(server.url()))) {
      broker.subscribe(WORK, delivery -> {}).close();
      broker.publish(message("given up"));
      exhaust(link);
      NatsNames names = new NatsNames("gild");
      NatsDeadLetters dead = new NatsDeadLetters(link, names, Clock.SYSTEM);
      try (DeadLetterMover mover =
          new DeadLetterMover(link, names, dead, new EndedMessages(link, names, Duration.ZERO))) {
        await(() -> mover.move() > 0 || !broker.deadLetters().list().isEmpty());
      }
      assertThat(broker.deadLetters().list())
          .singleElement()
          .satisfies(letter -> assertThat(letter.detail()).contains("the server gave it up"));
      assertThat(link.management().getStreamInfo("gild-messages").getStreamState().getMsgCount())
          .isZero();
    }
  }

  /** Gives a message back until the server delivers it no longer. */
  private static void exhaust(NatsLink link) throws Exception {
    var pull =
        link.jetStream()
            .subscribe(null, io.nats.client.PullSubscribeOptions.bind("gild-messages", "work"));
    int most = Redelivery.DEFAULT.maxDeliveries() + NatsConsumers.SPARE_DELIVERIES;
    long last = 0;
    while (last < most) { // the consumer that was closed may have had some
      for (io.nats.client.Message message : pull.fetch(1, Duration.ofSeconds(5))) {
        last = message.metaData().deliveredCount();
        message.nak();
      }
    }
    assertThat(pull.fetch(1, Duration.ofMillis(500))).isEmpty();
  }
}
