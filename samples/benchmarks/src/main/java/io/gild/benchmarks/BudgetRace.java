package io.gild.benchmarks;

import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.BudgetExhausted;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.cost.CostModule;
import io.gild.testkit.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * Calls that compete for a budget: a thousand concurrent ones of ten cents each for five dollars.
 * The other side checks what was spent before a call and charges the call after it.
 */
final class BudgetRace {

  private static final int CALLS = 1_000;
  private static final int THREADS = 200;
  private static final int CENTS = 10;
  private static final double CENTS_PER_USD = 100;
  private static final int LIMIT_CENTS = 500;
  private static final int OVERHEAD_CALLS = 200_000;
  private static final int OVERHEAD_CALLS_IN_REDIS = 5_000;

  private static final String PRICES = "mode: enforce\nprices: {cent: {input: 0, output: 10000}}\n";

  private static final String SETTINGS =
      """
      budget-accounts: {store: in-process}
      budgets: {team: {limit: %s, period: day, where: {agent: desk}}}
      """;

  private static final String IN_REDIS =
      """
      budget-accounts: {store: redis, redis: {url: "%s", timeout: 10s}}
      budgets: {team: {limit: %s, period: day, where: {agent: desk}}}
      """;

  private BudgetRace() {}

  static Row race(String name) throws Exception {
    return race(
        name + " / checked first, charged later", "in the process", SETTINGS.formatted("5"));
  }

  static Row raceInRedis(String name) throws Exception {
    Path folder = Files.createTempDirectory("gild-bench-redis");
    try (RedisServer redis = RedisServer.start(folder)) {
      return race(
          name + " / checked first, charged later",
          "in Redis",
          IN_REDIS.formatted(redis.url(), "5"));
    }
  }

  private static Row race(String name, String place, String settings) throws Exception {
    GildRuntime runtime = runtime(settings);
    try {
      GovernedMethod desk = desk(runtime);
      desk.call(null, same -> spend(), "hi"); // shows what an answer costs
      LongAdder ours = new LongAdder();
      ours.add(CENTS);
      run(
          CALLS - 1,
          () -> {
            try {
              desk.call(null, same -> work(ours), "hi");
            } catch (BudgetExhausted refused) {
              // expected of most
            }
          });
      LongAdder later = new LongAdder();
      run(
          CALLS,
          () -> {
            if (later.sum() < LIMIT_CENTS) {
              Thread.sleep(2);
              later.add(CENTS);
            }
          });
      return new Row(
          name,
          "USD",
          Score.of(ours.sum() / CENTS_PER_USD),
          Score.of(later.sum() / CENTS_PER_USD),
          "spent of 5.00 USD %s by %,d concurrent calls of 0.10 USD on %d threads"
              .formatted(place, CALLS, THREADS));
    } finally {
      runtime.close();
    }
  }

  /** Compares calls with and without a budget. */
  static Row overhead(String name, int rounds) {
    return overhead(
        name, rounds, OVERHEAD_CALLS, SETTINGS.formatted("1000000000"), "kept in the process");
  }

  static Row overheadInRedis(String name, int rounds) throws Exception {
    Path folder = Files.createTempDirectory("gild-bench-redis");
    try (RedisServer redis = RedisServer.start(folder, "--appendfsync", "everysec")) {
      String settings = IN_REDIS.formatted(redis.url(), "1000000000");
      return overhead(name, rounds, OVERHEAD_CALLS_IN_REDIS, settings, "kept in Redis");
    }
  }

  private static Row overhead(String name, int rounds, int calls, String settings, String where) {
    Samples with = new Samples();
    Samples without = new Samples();
    for (int i = 0; i < rounds; i++) {
      with.add(time(settings, calls), Double.NaN);
      without.add(time("", calls), Double.NaN);
    }
    return new Row(
        name + " / without a budget",
        "ns",
        with.score(),
        without.score(),
        "a call that reports its tokens, under one budget " + where);
  }

  private static double time(String settings, int calls) {
    GildRuntime runtime = runtime(settings);
    try {
      GovernedMethod desk = desk(runtime);
      calls(desk, calls);
      long start = System.nanoTime();
      calls(desk, calls);
      return (double) (System.nanoTime() - start) / calls;
    } finally {
      runtime.close();
    }
  }

  private static void calls(GovernedMethod desk, int count) {
    for (int i = 0; i < count; i++) {
      desk.call(null, same -> spend(), "hi");
    }
  }

  private static GildRuntime runtime(String settings) {
    return GildRuntime.builder()
        .settings(Settings.builder().yaml("gild.yaml", PRICES + settings).build())
        .module(new CostModule())
        .build();
  }

  private static GovernedMethod desk(GildRuntime runtime) {
    return runtime.method(
        MethodSpec.of("desk", "com.acme.Desk", "answer", "(Ljava/lang/String;)Ljava/lang/String;"));
  }

  private static Object work(LongAdder spent) throws InterruptedException {
    Thread.sleep(2);
    spent.add(CENTS);
    return spend();
  }

  private static Object spend() {
    AgentCall call = AgentCall.current();
    if (call != null) {
      call.recordUsage("cent", Usage.of(0, CENTS));
    }
    return "answer";
  }

  /** A call, which may fail. */
  private interface Call {
    void run() throws Exception;
  }

  private static void run(int calls, Call call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    CountDownLatch go = new CountDownLatch(1);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        all.add(
            threads.submit(() -> {
              go.await();
              call.run();
              return null;
            }));
      }
      go.countDown();
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
