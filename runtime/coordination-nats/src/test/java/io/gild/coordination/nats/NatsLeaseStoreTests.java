package io.gild.coordination.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Settings;
import io.gild.coordination.nats.ServerClock.Sample;
import io.gild.core.spi.Clock;
import io.gild.synchronizers.Permit;
import io.gild.synchronizers.SharedQueue;
import io.gild.synchronizers.SharedSemaphore;
import io.gild.synchronizers.SynchronizerException;
import io.gild.synchronizers.Synchronizers;
import io.gild.synchronizers.spi.LeaseTime;
import io.gild.testkit.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only NATS does: its data, its limits, its failures and its settings. */
class NatsLeaseStoreTests {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path folder;

  private static Synchronizers synchronizers(String url, Duration lease) {
    return Synchronizers.of(new NatsLeaseStore(url, TIMEOUT, "gild", 1), lease, Clock.SYSTEM);
  }

  @Test
  void keepsPermitsWhileNatsIsAwayForLessThanALease() throws Exception {
    try (NatsServer server = NatsServer.start(folder);
        Synchronizers synchronizers = synchronizers(server.url(), Duration.ofMinutes(5))) {
      SharedSemaphore semaphore = synchronizers.semaphore("reports", 1);
      Permit held = semaphore.acquire(SOON);
      CompletableFuture<Permit> waiting = semaphore.acquireAsync(SOON);
      CompletableFuture<Permit> after = semaphore.acquireAsync(Duration.ofMillis(1));
      assertThatThrownBy(after::get).hasCauseInstanceOf(TimeoutException.class);
      server.kill();
      assertThatThrownBy(semaphore::tryAcquire)
          .isInstanceOf(SynchronizerException.class)
          .hasMessageMatching(
              "Cannot change semaphore \"reports\" in NATS at 127.0.0.1:\\d+: .*\\. Start NATS with JetStream, or correct synchronizers.nats\\.");
      assertThat(held.isHeld()).isTrue();
      server.restart();

      Synchronizers other = synchronizers(server.url(), Duration.ofMinutes(5));
      assertThat(other.semaphore("reports", 1).tryAcquire()).as("it is still held").isEmpty();
      other.close();
      closeOnceConnected(held, semaphore);
      assertThat(waiting.get(60, TimeUnit.SECONDS).isHeld()).isTrue();
    }
  }

  /** The client connects again after a pause. */
  private static void closeOnceConnected(Permit held, SharedSemaphore semaphore)
      throws InterruptedException {
    while (true) {
      try {
        assertThat(semaphore.tryAcquire()).isEmpty();
        held.close();
        return;
      } catch (SynchronizerException notYet) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  @Test
  void beginsAnewWhenSomeoneDeletedItsBuckets() throws Exception {
    try (NatsServer server = NatsServer.start(folder);
        Synchronizers synchronizers = synchronizers(server.url(), Duration.ofMinutes(5))) {
      SharedSemaphore semaphore = synchronizers.semaphore("reports", 1);
      long first = semaphore.tryAcquire().orElseThrow().token();
      Connection admin = Nats.connect(server.url());
      admin.keyValueManagement().delete("gild-leases");
      admin.close();

      assertThatThrownBy(semaphore::tryAcquire).isInstanceOf(SynchronizerException.class);
      assertThat(semaphore.tryAcquire().orElseThrow().token()).isGreaterThan(first);
    }
  }

  @Test
  void rejectsAQueueThatDoesNotFitIntoAMessage() throws Exception {
    try (NatsServer server = NatsServer.start(folder);
        Synchronizers synchronizers = synchronizers(server.url(), Duration.ofMinutes(5))) {
      SharedQueue queue = synchronizers.queue("questions", 100);
      String half = "x".repeat(600_000);
      assertThat(queue.offer("a", half, Duration.ZERO)).isTrue();
      assertThatThrownBy(() -> queue.offer("a", half, Duration.ZERO))
          .isInstanceOf(SynchronizerException.class)
          .hasMessageMatching(
              "queue \"questions\" has 1200\\d+ bytes, but the server's max_payload is 1048576: take elements from the queue, or use another engine");
      assertThat(queue.take(SOON).orElseThrow().done()).isTrue();
      assertThat(queue.offer("a", half, Duration.ZERO)).isTrue();
    }
  }

  @Test
  void startsBeforeTheServer() throws Exception {
    NatsServer server = NatsServer.start(folder);
    server.kill();
    try (Synchronizers synchronizers = synchronizers(server.url(), Duration.ofMinutes(5))) {
      SharedSemaphore semaphore = synchronizers.semaphore("reports", 1);
      assertThatThrownBy(semaphore::tryAcquire).isInstanceOf(SynchronizerException.class);
      server.restart();
      assertThat(semaphore.tryAcquire()).isPresent();
    } finally {
      server.close();
    }
  }

  @Test
  void logsIn() throws Exception {
    try (NatsServer server = NatsServer.start(folder, "--user", "ann", "--pass", "secret");
        Synchronizers right =
            synchronizers(server.url().replace("//", "//ann:secret@"), Duration.ofMinutes(5));
        Synchronizers wrong =
            Synchronizers.of(
                new NatsLeaseStore(server.url(), Duration.ofSeconds(1), "gild", 1),
                Duration.ofMinutes(5),
                Clock.SYSTEM)) {
      assertThat(right.semaphore("reports", 1).tryAcquire()).isPresent();
      assertThatThrownBy(() -> wrong.semaphore("reports", 1).tryAcquire())
          .isInstanceOf(SynchronizerException.class)
          .hasMessageContaining("Authorization Violation");
    }
  }

  /** The server's date is between two monotonic times; so is every later time, with the drift. */
  @Test
  void knowsTheServersTimeWithItsError() {
    long second = TimeUnit.SECONDS.toNanos(1);
    Sample sample = new Sample(1_000_000, 10 * second, 11 * second);

    LeaseTime at = sample.at(20 * second);

    assertThat(at.earliest()).isEqualTo(1_000_000 + 9_000 - 10);
    assertThat(at.latest()).isEqualTo(1_000_000 + 10_000 + 10 + 1);
  }

  @Test
  void readsItsSettings() {
    Settings settings =
        Settings.builder()
            .yaml("gild.yaml", "synchronizers: {nats: {url: 'nats://ann:secret@nats.acme.com'}}")
            .build();
    NatsSynchronizers.Nats nats = settings.get(NatsSynchronizers.SECTION).nats();
    assertThat(nats)
        .isEqualTo(
            new NatsSynchronizers.Nats(
                "nats://ann:secret@nats.acme.com", Duration.ofSeconds(2), "gild", 1));
    assertThat(nats.toString()).contains("nats.acme.com").doesNotContain("secret");
    assertThatThrownBy(() -> new NatsLeaseStore("http://localhost", TIMEOUT, "gild", 1))
        .hasMessageContaining("url must have the form nats://");
    assertThatThrownBy(() -> new NatsLeaseStore("nats://localhost", TIMEOUT, "a.b", 1))
        .hasMessage("bucket must have only letters, digits, - and _, but is \"a.b\"");
    assertThatThrownBy(() -> new NatsLeaseStore("nats://localhost", TIMEOUT, "a", 9))
        .hasMessage("replicas must be from 1.0 to 5.0, but is 9.0");
  }
}
