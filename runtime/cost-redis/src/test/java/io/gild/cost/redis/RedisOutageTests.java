package io.gild.cost.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.spi.Clock;
import io.gild.cost.redis.RedisCost.OnUnavailable;
import io.gild.cost.spi.BudgetAccount;
import io.gild.cost.spi.BudgetBalance;
import io.gild.cost.spi.BudgetClaim;
import io.gild.cost.spi.BudgetSettlement;
import io.gild.cost.spi.BudgetStore;
import io.gild.cost.spi.TokenClaim;
import io.gild.cost.spi.TokenLimitStore;
import io.gild.redis.RedisServerSettings;
import io.gild.testkit.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens while Redis cannot be reached, and afterwards. */
class RedisOutageTests {

  private static final long LIMIT = 1_000;
  private static final Instant START = Instant.now().minusSeconds(60);
  private static final BudgetAccount ACCOUNT =
      new BudgetAccount("team", "acme", START, START.plus(Duration.ofDays(1)));

  @TempDir private Path folder;

  private static RedisBudgetStore open(RedisServer server, OnUnavailable rule) {
    return new RedisBudgetStore(
        TestSettings.of(server, "gild:", rule, Duration.ofSeconds(30)), Clock.SYSTEM);
  }

  private static boolean reserve(BudgetStore store, long amount) {
    return store.reserve("id", List.of(new BudgetClaim(ACCOUNT, LIMIT, amount))).granted();
  }

  private static void settle(BudgetStore store, long released, long spent) {
    store.settle("id", List.of(new BudgetSettlement(ACCOUNT, released, spent)));
  }

  private static BudgetBalance waitFor(BudgetStore store, BudgetBalance expected)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    BudgetBalance last = store.balance(ACCOUNT);
    while (!last.equals(expected) && System.nanoTime() < deadline) {
      Thread.sleep(50);
      last = store.balance(ACCOUNT);
    }
    return last;
  }

  @Test
  void spendsItsOwnShareWhileRedisIsAwayAndChargesItAfterwards() throws Exception {
    try (RedisServer server = RedisServer.start(folder);
        RedisBudgetStore store = open(server, OnUnavailable.LOCAL);
        RedisBudgetStore other = open(server, OnUnavailable.LOCAL)) {
      assertThat(reserve(store, 300)).isTrue();
      server.kill();

      assertThat(reserve(store, 60)).isTrue();
      assertThat(reserve(store, 60)).as("more than 10 % of the limit").isFalse();
      settle(store, 60, 50);
      assertThat(reserve(store, 50)).isTrue();
      assertThat(reserve(store, 1)).isFalse();
      settle(store, 50, 50);
      settle(store, 300, 200);
      assertThat(store.balance(ACCOUNT).spentNanoUsd()).isEqualTo(300);

      server.restart();
      BudgetBalance charged = new BudgetBalance(ACCOUNT, 300, 0);
      assertThat(waitFor(store, charged)).isEqualTo(charged);
      assertThat(waitFor(other, charged)).isEqualTo(charged);
      assertThat(reserve(store, 700)).isTrue();
    }
  }

  @Test
  void neverSpendsMoreThanWasLeftWhenRedisWentAway() {
    try (RedisServer server = RedisServer.start(folder);
        RedisBudgetStore store = open(server, OnUnavailable.LOCAL)) {
      settle(store, 0, 970);
      server.kill();

      assertThat(reserve(store, 31)).isFalse();
      assertThat(reserve(store, 30)).isTrue();
      assertThat(reserve(store, 0)).isFalse();
    }
  }

  @Test
  void allowsOrRefusesAllCallsIfTheSettingsSaySo() {
    try (RedisServer server = RedisServer.start(folder);
        RedisBudgetStore allowing = open(server, OnUnavailable.ALLOW);
        RedisBudgetStore refusing = open(server, OnUnavailable.REFUSE)) {
      server.kill();

      assertThat(reserve(allowing, 5_000)).isTrue();
      assertThat(reserve(refusing, 1)).isFalse();
      assertThat(
              refusing
                  .reserve("id", List.of(new BudgetClaim(ACCOUNT, Long.MAX_VALUE, 1)))
                  .granted())
          .as("a budget that only observes")
          .isTrue();
    }
  }

  @Test
  void limitsTokensByItsOwnShareWhileRedisIsAway() {
    try (RedisServer server = RedisServer.start(folder);
        TokenLimitStore store =
            new RedisTokenLimitStore(TestSettings.of(server, "gild:"), Clock.SYSTEM)) {
      TokenClaim claim = new TokenClaim("openai", 20, 0, 5);
      server.kill();

      assertThat(store.acquire("1", List.of(claim)).granted()).isTrue();
      assertThat(store.acquire("2", List.of(claim)).granted()).isTrue();
      assertThat(store.acquire("3", List.of(claim)).granted()).isFalse();
    }
  }

  /** The answer of a slow Redis is lost, and what it did is not: it must not be done twice. */
  @Test
  void chargesOnceWhatASlowRedisDidWithoutAnAnswer() throws Exception {
    try (RedisServer server = RedisServer.start(folder);
        RedisBudgetStore store = new RedisBudgetStore(impatient(server), Clock.SYSTEM)) {
      assertThat(reserve(store, 200)).isTrue();
      server.command("CLIENT PAUSE 1500 WRITE");
      settle(store, 200, 150);
      assertThat(reserve(store, 80)).isTrue();
      settle(store, 80, 70);

      BudgetBalance charged = new BudgetBalance(ACCOUNT, 220, 0);
      assertThat(waitFor(store, charged)).isEqualTo(charged);
      try (RedisBudgetStore other = open(server, OnUnavailable.LOCAL)) {
        assertThat(other.balance(ACCOUNT)).isEqualTo(charged);
      }
    }
  }

  private static RedisCost impatient(RedisServer server) {
    return new RedisCost(
        new RedisServerSettings(server.url(), Duration.ofMillis(300), "gild:"),
        OnUnavailable.LOCAL,
        0.1,
        Duration.ofSeconds(30));
  }

  /** Each amount that a call spent is charged once, however often Redis dies under the calls. */
  @Test
  void chargesEachAmountOnceWhenRedisIsKilledUnderCalls() throws Exception {
    AtomicLong spent = new AtomicLong();
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (RedisServer server = RedisServer.start(folder);
        RedisBudgetStore store = open(server, OnUnavailable.ALLOW)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(
            threads.submit(() -> {
              while (!over.get()) {
                store.reserve("id", List.of(new BudgetClaim(ACCOUNT, Long.MAX_VALUE, 7)));
                settle(store, 7, 3);
                spent.addAndGet(3);
              }
            }));
      }
      for (int kill = 0; kill < 3; kill++) {
        long before = spent.get();
        while (spent.get() < before + 300) {
          Thread.sleep(5);
        }
        server.kill();
        server.restart();
      }
      over.set(true);
      for (Future<?> each : all) {
        each.get(60, TimeUnit.SECONDS);
      }
      BudgetBalance exact = new BudgetBalance(ACCOUNT, spent.get(), 0);
      waitFor(store, exact);
      try (RedisBudgetStore other = open(server, OnUnavailable.LOCAL)) {
        assertThat(other.balance(ACCOUNT)).isEqualTo(exact);
      }
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
  }
}
