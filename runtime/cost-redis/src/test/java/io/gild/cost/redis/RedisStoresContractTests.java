package io.gild.cost.redis;

import io.gild.core.spi.Clock;
import io.gild.cost.spi.AnswerStore;
import io.gild.cost.spi.AnswerStoreContract;
import io.gild.cost.spi.BudgetStore;
import io.gild.cost.spi.BudgetStoreContract;
import io.gild.cost.spi.TokenLimitStore;
import io.gild.cost.spi.TokenLimitStoreContract;
import io.gild.testkit.ManualClock;
import io.gild.testkit.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contracts of budgets, token limits and cached answers, on one Redis server. */
class RedisStoresContractTests {

  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static RedisServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = RedisServer.start(folder, "--appendonly", "no");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static RedisCost settings() {
    return TestSettings.of(server, "gild-" + NUMBERS.incrementAndGet() + ":");
  }

  @Nested
  class Budgets extends BudgetStoreContract {

    @Override
    protected BudgetStore open() {
      return new RedisBudgetStore(settings(), Clock.SYSTEM);
    }

    @Override
    protected Instant now() {
      return Instant.now();
    }
  }

  @Nested
  class TokenLimits extends TokenLimitStoreContract {

    private final ManualClock clock = ManualClock.create();

    @Override
    protected TokenLimitStore open() {
      return new RedisTokenLimitStore(settings(), clock, () -> clock.nanoTime() / 1_000 + "");
    }

    @Override
    protected void advance(Duration time) {
      clock.advance(time);
    }
  }

  @Nested
  class Answers extends AnswerStoreContract {

    @Override
    protected AnswerStore open() {
      return new RedisAnswerStore(new RedisAnswers(settings().redis()));
    }

    @Override
    protected void advance(Duration time) throws InterruptedException {
      Thread.sleep(time.toMillis()); // expiry is that of Redis' clock
    }
  }
}
