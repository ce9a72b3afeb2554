package io.gild.cost.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.BudgetExhausted;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.spi.Clock;
import io.gild.cost.CostModule;
import io.gild.cost.redis.RedisCost.OnUnavailable;
import io.gild.cost.spi.BudgetAccount;
import io.gild.cost.spi.BudgetClaim;
import io.gild.redis.RedisServerSettings;
import io.gild.testkit.RedisServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several JVMs spend the same budget. */
class SharedBudgetTests {

  private static final int CALLS = 500;
  private static final int THREADS = 100;
  private static final int CENTS = 10;

  @TempDir private Path folder;

  /** Makes concurrent calls of ten cents each, and prints how many were admitted. */
  static final class Spender {

    public static void main(String[] args) throws Exception {
      try (GildRuntime runtime = runtime(args[0])) {
        GovernedMethod desk =
            runtime.method(
                MethodSpec.of(
                    "desk", "com.acme.Desk", "answer", "(Ljava/lang/String;)Ljava/lang/String;"));
        int first = call(desk); // shows what an answer costs
        System.out.println("ready");
        System.in.read();
        System.out.println(first + admitted(desk));
      }
    }

    private static int admitted(GovernedMethod desk) throws Exception {
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      CountDownLatch go = new CountDownLatch(1);
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < CALLS - 1; i++) {
        all.add(
            threads.submit(() -> {
              go.await();
              return call(desk);
            }));
      }
      go.countDown();
      int admitted = 0;
      for (Future<Integer> each : all) {
        admitted += each.get();
      }
      threads.shutdown();
      return admitted;
    }

    /** A refused call asks again, because others may have reserved more than they spend. */
    private static int call(GovernedMethod desk) throws InterruptedException {
      for (int attempt = 0; attempt < 40; attempt++) {
        try {
          desk.call(
              null,
              same -> {
                Thread.sleep(2);
                AgentCall.current().recordUsage("cent", Usage.of(0, CENTS));
                return "answer";
              },
              "hi");
          return 1;
        } catch (BudgetExhausted refused) {
          Thread.sleep(5);
        }
      }
      return 0;
    }
  }

  private static GildRuntime runtime(String url) {
    String yaml =
        """
        mode: enforce
        prices: {cent: {input: 0, output: 10000}}
        budget-accounts: {store: redis, redis: {url: "%s", timeout: 10s}}
        budgets: {team: {limit: 5, period: 36500d, where: {agent: desk}}}
        """
            .formatted(url);
    return GildRuntime.builder()
        .settings(Settings.builder().yaml("gild.yaml", yaml).build())
        .module(new CostModule())
        .build();
  }

  private static Process jvm(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectError(new File("target", main.getSimpleName() + ".log"))
        .start();
  }

  @Test
  void admitsExactlyWhatTwoJvmsCanPayTogether() throws Exception {
    try (RedisServer server = RedisServer.start(folder)) {
      Process first = jvm(Spender.class, server.url());
      Process second = jvm(Spender.class, server.url());
      try (BufferedReader one = first.inputReader();
          BufferedReader two = second.inputReader()) {
        assertThat(one.readLine()).isEqualTo("ready");
        assertThat(two.readLine()).isEqualTo("ready");
        first.getOutputStream().close();
        second.getOutputStream().close();

        int admitted = Integer.parseInt(one.readLine()) + Integer.parseInt(two.readLine());

        assertThat(admitted).isEqualTo(50);
      } finally {
        first.destroyForcibly();
        second.destroyForcibly();
      }
    }
  }

  /** Reserves everything, prints a line, and stays until it is killed. */
  static final class Holder {

    public static void main(String[] args) throws Exception {
      RedisCost settings =
          new RedisCost(
              new RedisServerSettings(args[0], Duration.ofSeconds(2), "gild:"),
              OnUnavailable.LOCAL,
              0.1,
              Duration.ofSeconds(1));
      RedisBudgetStore store = new RedisBudgetStore(settings, Clock.SYSTEM);
      BudgetAccount account = account(Instant.ofEpochSecond(Long.parseLong(args[1])));
      System.out.println(store.reserve("1", List.of(new BudgetClaim(account, 100, 100))).granted());
      System.in.read();
    }
  }

  private static BudgetAccount account(Instant start) {
    return new BudgetAccount("team", "acme", start, start.plus(Duration.ofDays(1)));
  }

  @Test
  void aReservationEndsAfterItsJvmDiedAndNotBefore() throws Exception {
    Instant start = Instant.ofEpochSecond(Instant.now().getEpochSecond());
    Duration lease = Duration.ofSeconds(1);
    try (RedisServer server = RedisServer.start(folder);
        RedisBudgetStore store =
            new RedisBudgetStore(
                TestSettings.of(server, "gild:", OnUnavailable.LOCAL, lease), Clock.SYSTEM)) {
      Process holder = jvm(Holder.class, server.url(), start.getEpochSecond() + "");
      List<BudgetClaim> claims = List.of(new BudgetClaim(account(start), 100, 100));
      try (BufferedReader out = holder.inputReader()) {
        assertThat(out.readLine()).isEqualTo("true");
        Thread.sleep(2 * lease.toMillis()); // longer than a lease that is not renewed
        assertThat(store.reserve("2", claims).granted()).isFalse();
      } finally {
        holder.destroyForcibly().waitFor();
      }
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      boolean granted = false;
      while (!granted && System.nanoTime() < deadline) {
        granted = store.reserve("2", claims).granted();
        Thread.sleep(50);
      }
      assertThat(granted).isTrue();
    }
  }
}
