package io.gild.synchronizers.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Settings;
import io.gild.core.GildRuntime;
import io.gild.core.spi.Clock;
import io.gild.redis.RedisServerSettings;
import io.gild.reliability.ReliabilityModule;
import io.gild.synchronizers.Permit;
import io.gild.synchronizers.SharedQueue;
import io.gild.synchronizers.SharedSemaphore;
import io.gild.synchronizers.SynchronizerException;
import io.gild.synchronizers.Synchronizers;
import io.gild.testkit.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** What only Redis does: its data, its failures and its settings. */
class RedisLeaseStoreTests {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path folder;

  private static Synchronizers synchronizers(RedisServer server, Duration lease) {
    return Synchronizers.of(
        new RedisLeaseStore(server.url(), TIMEOUT, "gild:"), lease, Clock.SYSTEM);
  }

  @Test
  void losesPermitsButNotTheOrderOfTokensWhenRedisLosesItsData() throws Exception {
    try (RedisServer server = RedisServer.start(folder, "--appendonly", "no");
        Synchronizers synchronizers = synchronizers(server, Duration.ofSeconds(1))) {
      Permit forgotten = synchronizers.semaphore("reports", 1).acquire(SOON);
      CompletableFuture<Void> lost = new CompletableFuture<>();
      forgotten.onLost(() -> lost.complete(null));
      server.kill();
      server.restart();

      lost.get(60, TimeUnit.SECONDS);

      Permit next = synchronizers.semaphore("reports", 1).acquire(SOON);
      assertThat(next.token()).isGreaterThan(forgotten.token());
    }
  }

  @Test
  void keepsPermitsWhileRedisIsAwayForLessThanALease() throws Exception {
    try (RedisServer server = RedisServer.start(folder);
        Synchronizers synchronizers = synchronizers(server, Duration.ofMinutes(5))) {
      SharedSemaphore semaphore = synchronizers.semaphore("reports", 1);
      Permit held = semaphore.acquire(SOON);
      CompletableFuture<Permit> waiting = semaphore.acquireAsync(SOON);
      CompletableFuture<Permit> after = semaphore.acquireAsync(Duration.ofMillis(1));
      assertThatThrownBy(after::get).hasCauseInstanceOf(TimeoutException.class);
      server.kill();
      assertThatThrownBy(semaphore::tryAcquire)
          .isInstanceOf(SynchronizerException.class)
          .hasMessageMatching(
              "Cannot claim semaphore \"reports\" in Redis at 127.0.0.1:\\d+: .*\\. Start Redis, or correct synchronizers.redis.url\\.");
      assertThat(held.isHeld()).isTrue();
      server.restart();

      held.close();

      assertThat(waiting.get(60, TimeUnit.SECONDS).isHeld()).isTrue();
    }
  }

  @Test
  void leavesNothingThatStaysForEver() throws Exception {
    try (RedisServer server = RedisServer.start(folder, "--appendonly", "no");
        RedisClient client = RedisClient.create(server.url());
        Synchronizers synchronizers = synchronizers(server, Duration.ofSeconds(30))) {
      synchronizers.semaphore("reports", 1).acquire(SOON).close();
      synchronizers.barrier("import", 1).await(SOON);
      SharedQueue queue = synchronizers.tenant("acme").queue("questions", 10);
      assertThat(queue.offer("a", "1", Duration.ZERO)).isTrue();
      assertThat(queue.take(SOON).orElseThrow().done()).isTrue();

      Set<String> keys = client.keys("*");
      assertThat(keys)
          .isNotEmpty()
          .allMatch(key -> key.startsWith("gild:{"))
          .allMatch(key -> client.ttl(key) > 80_000)
          .noneMatch(key -> key.contains("queue"));
    }
  }

  @Test
  void countsCallsOfAllRuntimesAndGoesOnAloneWithoutRedis() {
    try (RedisServer server = RedisServer.start(folder);
        GildRuntime here = runtime(server);
        GildRuntime there = runtime(server)) {
      Permit held =
          Synchronizers.of(there).semaphore("support.answer", 1).tryAcquire().orElseThrow();
      assertThatThrownBy(() -> BulkheadCalls.call(here))
          .hasMessage("Agent support: bulkhead is full, 1 calls are running");
      held.close();
      assertThat(BulkheadCalls.call(here)).isEqualTo("answer");
      assertThat(BulkheadCalls.call(there)).isEqualTo("answer");
      server.kill();
      assertThat(BulkheadCalls.call(here)).isEqualTo("answer");
      assertThat(BulkheadCalls.call(here)).isEqualTo("answer");
    }
  }

  private static GildRuntime runtime(RedisServer server) {
    return GildRuntime.builder()
        .settings(
            Settings.builder()
                .yaml("gild.yaml", BulkheadCalls.SETTINGS.formatted(server.url()))
                .build())
        .module(new ReliabilityModule())
        .build();
  }

  @Test
  void namesTheRemedyOfAWrongPassword() {
    try (RedisServer server = RedisServer.start(folder, "--requirepass", "secret");
        Synchronizers synchronizers = synchronizers(server, Duration.ofSeconds(30))) {
      assertThatThrownBy(() -> synchronizers.semaphore("reports", 1).tryAcquire())
          .isInstanceOf(SynchronizerException.class)
          .hasMessageContaining("give one in synchronizers.redis.url");
    }
  }

  @Test
  void waitsWithoutThePermissionToPublish() throws Exception {
    try (RedisServer server = RedisServer.start(folder)) {
      server.command(
          "ACL SETUSER ann on >secret ~gild:* +@read +@write +@scripting +@connection +time");
      String url = server.url().replace("redis://", "redis://ann:secret@");
      try (Synchronizers synchronizers =
          Synchronizers.of(
              new RedisLeaseStore(url, TIMEOUT, "gild:"), Duration.ofSeconds(30), Clock.SYSTEM)) {
        SharedSemaphore semaphore = synchronizers.semaphore("reports", 1);
        Permit held = semaphore.acquire(SOON);
        CompletableFuture<Permit> waiting = semaphore.acquireAsync(SOON);
        held.close();
        assertThat(waiting.get(60, TimeUnit.SECONDS).isHeld()).isTrue();
      }
    }
  }

  @Test
  void readsItsSettings() throws IOException {
    Settings settings =
        Settings.builder()
            .yaml("gild.yaml", "synchronizers: {redis: {url: 'redis://ann:secret@redis.acme.com'}}")
            .build();
    RedisServerSettings redis = settings.get(RedisSynchronizers.SECTION).redis();
    assertThat(redis)
        .isEqualTo(
            new RedisServerSettings(
                "redis://ann:secret@redis.acme.com", Duration.ofSeconds(2), "gild:"));
    assertThat(redis.toString()).contains("redis.acme.com:6379").doesNotContain("secret");
    assertThatThrownBy(() -> new RedisLeaseStore("http://localhost", TIMEOUT, "gild:"))
        .hasMessageContaining("url must have the form redis://");
    assertThatThrownBy(() -> new RedisLeaseStore("redis://localhost", TIMEOUT, "{a}"))
        .hasMessage("prefix must not contain { or }, but is {a}");
  }
}
