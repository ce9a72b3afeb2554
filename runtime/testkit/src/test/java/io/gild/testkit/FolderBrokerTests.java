package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.a2a.A2aMessage;
import io.gild.coordination.Broker;
import io.gild.coordination.BrokerLimits;
import io.gild.coordination.CoordinationException;
import io.gild.coordination.DeadLetter.Reason;
import io.gild.coordination.EmbeddedEngine;
import io.gild.coordination.Envelope;
import io.gild.coordination.Intent;
import io.gild.coordination.PublishReceipt.Outcome;
import io.gild.coordination.Redelivery;
import io.gild.coordination.Subscription;
import io.gild.coordination.Subscription.Effects;
import io.gild.core.spi.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine in a folder, over the ends of its JVM. */
class FolderBrokerTests {

  private static final Subscription WORK =
      Subscription.of("work", "work")
          .withRedelivery(
              Redelivery.DEFAULT.withDelays(Duration.ofMillis(10), Duration.ofMillis(10)));

  @TempDir Path folder;

  private final Queue<String> handled = new ConcurrentLinkedQueue<>();

  private Broker open() {
    return open(Clock.SYSTEM);
  }

  private Broker open(Clock clock) {
    return Broker.builder(EmbeddedEngine.folder(folder, BrokerLimits.DEFAULT, clock))
        .clock(clock)
        .closeTimeout(Duration.ofMillis(100))
        .build();
  }

  private static Envelope message(String text) {
    return Envelope.builder("work", Intent.PUBLISH, A2aMessage.ofUser(text)).build();
  }

  private void handle(io.gild.coordination.Delivery delivery) {
    handled.add(delivery.number() + ":" + delivery.envelope().message().text());
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant deadline = Instant.now().plusSeconds(30);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.sleep(5);
    }
  }

  @Test
  void keepsWhatWasNotHandled() throws Exception {
    try (Broker broker = open()) {
      broker.subscribe(WORK, delivery -> {}).close();
      broker.publish(message("1"));
      broker.publish(message("2").toBuilder().idempotencyKey("two").build());
    }
    try (Broker broker = open()) {
      assertThat(broker.publish(message("2").toBuilder().idempotencyKey("two").build()).outcome())
          .isEqualTo(Outcome.DUPLICATE);
      broker.subscribe(WORK, this::handle);
      await(() -> handled.size() == 2);
    }
    assertThat(handled).containsExactly("1:1", "1:2");
    try (Broker broker = open()) {
      broker.subscribe(WORK, this::handle);
      broker.publish(message("3"));
      await(() -> handled.size() == 3);
    }
  }

  @Test
  void deliversAgainWhatWasBeingHandledAtTheEnd() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (Broker broker = open()) {
      broker.subscribe(
          WORK,
          delivery -> {
            handle(delivery);
            end.await();
          });
      broker.publish(message("1"));
      await(() -> handled.size() == 1);
    }
    try (Broker broker = open()) {
      broker.subscribe(WORK, this::handle);
      await(() -> handled.size() == 2);
    }
    end.countDown();
    assertThat(handled).containsExactly("1:1", "2:1");
  }

  @Test
  void namesTheProcessThatUsesTheFolder() {
    try (Broker broker = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(CoordinationException.class)
          .hasMessageContaining("is used by process " + ProcessHandle.current().pid())
          .hasMessageContaining("name another folder");
      assertThat(broker.deadLetters().list()).isEmpty();
    }
    open().close();
  }

  @Test
  void ignoresALineThatADyingJvmLeftUnfinished() throws Exception {
    try (Broker broker = open()) {
      broker.subscribe(WORK, delivery -> {}).close();
      broker.publish(message("1"));
    }
    Files.writeString(log(), "{\"accepted\":2,\"to\":[\"wo", StandardOpenOption.APPEND);
    for (int i = 2; i <= 3; i++) {
      try (Broker broker = open()) {
        broker.publish(message("" + i));
      }
    }
    try (Broker broker = open()) {
      broker.subscribe(WORK, this::handle);
      await(() -> handled.size() == 3);
    }
    assertThat(handled).containsExactly("1:1", "1:2", "1:3");
  }

  @Test
  void refusesALogOfALaterVersion() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("queue-1.jsonl"), "{\"gild-broker\":2,\"next\":1}\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(CoordinationException.class)
        .hasMessageContaining("a log of version 2");
    Files.delete(folder.resolve("queue-1.jsonl"));
    open().close();
  }

  @Test
  void compactsItsLogAndKeepsAllThatCounts() throws Exception {
    String large = "x".repeat(1 << 20);
    Subscription once = Subscription.of("once", "once").withEffects(Effects.ONCE);
    try (Broker broker = open()) {
      broker.subscribe(once, this::handle);
      broker.publish(
          Envelope.builder("once", Intent.PUBLISH, A2aMessage.ofUser("key"))
              .idempotencyKey("k")
              .build());
      await(() -> handled.size() == 1);
      broker.subscribe(WORK, delivery -> {}).close();
      broker.publish(message("kept"));
      Subscription large1 = Subscription.of("large", "large");
      broker.subscribe(large1, delivery -> {});
      for (int i = 0; i < 60; i++) {
        broker.publish(Envelope.builder("large", Intent.PUBLISH, A2aMessage.ofUser(large)).build());
      }
      await(() -> !Files.exists(folder.resolve("queue-1.jsonl")));
    }
    assertThat(Files.size(log())).isLessThan(45L << 20);
    handled.clear();
    try (Broker broker = open()) {
      broker.subscribe(WORK, this::handle);
      await(() -> handled.contains("1:kept"));
      assertThat(
              broker
                  .publish(
                      Envelope.builder("once", Intent.PUBLISH, A2aMessage.ofUser("key"))
                          .idempotencyKey("k")
                          .build())
                  .outcome())
          .isEqualTo(Outcome.DUPLICATE);
    }
  }

  private Path log() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("queue-\\d+\\.jsonl"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void keepsFilesPrivate() throws IOException {
    try (Broker broker = open()) {
      broker.subscribe(WORK, delivery -> {}).close();
      broker.publish(message("secret"));
      broker.publish(
          Envelope.builder("inbox.none", Intent.PUBLISH, A2aMessage.ofUser("secret")).build());
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        assertThat(Files.getPosixFilePermissions(file)).hasSizeLessThanOrEqualTo(2);
      }
    }
  }

  @Test
  void waitsByItsClockAndSurvivesThatItJumps() throws Exception {
    ManualClock clock = ManualClock.create();
    Subscription slow =
        Subscription.of("slow", "work")
            .withRedelivery(
                Redelivery.DEFAULT
                    .withDelays(Duration.ofHours(1), Duration.ofHours(1))
                    .withHandlingTimeout(Duration.ZERO));
    try (Broker broker = open(clock)) {
      broker.subscribe(
          slow,
          delivery -> {
            handle(delivery);
            throw new IllegalStateException("not yet");
          });
      broker.publish(message("1"));
      await(() -> handled.size() == 1);
      clock.advance(Duration.ofMinutes(30));
      Thread.sleep(30);
      assertThat(handled).hasSize(1);
      clock.advance(Duration.ofMinutes(31));
      await(() -> handled.size() == 2);
    }
    ManualClock past = ManualClock.startingAt(Instant.parse("2001-01-01T00:00:00Z"));
    try (Broker broker = open(past)) {
      broker.subscribe(slow, this::handle);
      past.advance(Duration.ofDays(1));
      await(() -> handled.size() == 3);
    }
  }

  @Test
  void expiresByItsClock() throws Exception {
    ManualClock clock = ManualClock.create();
    try (Broker broker = open(clock)) {
      broker.subscribe(WORK, this::handle).close();
      broker.publish(
          message("1").toBuilder().deadline(clock.now().plus(Duration.ofHours(1))).build());
      clock.advance(Duration.ofHours(2));
      broker.subscribe(WORK, this::handle);
      await(() -> !broker.deadLetters().list().isEmpty());
      assertThat(broker.deadLetters().list().get(0).reason()).isEqualTo(Reason.EXPIRED);
    }
    assertThat(handled).isEmpty();
  }

  @Test
  void failsAfterItsEnd() {
    Broker broker = open();
    broker.close();
    broker.close();
    assertThatThrownBy(() -> broker.publish(message("1")))
        .isInstanceOf(CoordinationException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> broker.subscribe(WORK, this::handle))
        .isInstanceOf(CoordinationException.class);
    assertThat(List.copyOf(handled)).isEmpty();
  }
}
