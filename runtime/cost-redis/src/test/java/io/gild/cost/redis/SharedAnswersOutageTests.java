package io.gild.cost.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.GildLog;
import io.gild.core.GovernedMethod;
import io.gild.core.Invalidations;
import io.gild.testkit.RedisServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis goes away and comes back; JVMs of their own share answers. */
class SharedAnswersOutageTests {

  private static final String CLEAR = "encrypt: false";
  private static final String TAGGED = "{ttl: 1h, tags: ['customer:{customer}']}";

  @TempDir private Path folder;

  private final List<String> log = new CopyOnWriteArrayList<>();

  @BeforeEach
  void readLog() {
    GildLog.redirect((line, cause) -> log.add(line));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void staysLocalWhileRedisIsAwayAndSharesAgainAfterwards() throws Exception {
    try (RedisServer server = RedisServer.start(folder);
        SharedCache first = new SharedCache(server.url(), CLEAR, "{ttl: 1h}");
        SharedCache second = new SharedCache(server.url(), CLEAR, "{ttl: 1h}")) {
      first.ask("1", "before", "acme");
      second.ask("own", "unrelated", "acme");
      server.kill();

      assertThat(first.ask("2", "before", "acme")).isEqualTo("1");
      assertThat(first.ask("3", "during", "acme")).isEqualTo("3");
      assertThat(first.ask("4", "during", "acme")).isEqualTo("3");
      assertThat(second.ask("5", "before", "acme")).as("unknown here").isEqualTo("5");
      assertThat(log).anySatisfy(line -> assertThat(line).contains("in this JVM alone"));

      server.restart();
      await(() -> {
        String question = "after " + System.nanoTime();
        first.ask("of first", question, "acme");
        return "of first".equals(second.ask("of second", question, "acme"));
      });
      assertThat(first.ask("6", "before", "acme")).isEqualTo("1");
      assertThat(first.ask("7", "during", "acme")).isEqualTo("3");
      assertThat(log).filteredOn(line -> line.contains("Until then, cached answers")).hasSize(2);
    }
  }

  @Test
  void answersCallsIfRedisWasNeverThere() throws Exception {
    try (RedisServer server = RedisServer.start(folder)) {
      String url = server.url();
      server.kill();
      try (SharedCache first = new SharedCache(url, CLEAR, "{ttl: 1h}")) {
        assertThat(first.ask("1", "q", "acme")).isEqualTo("1");
        assertThat(first.ask("2", "q", "acme")).isEqualTo("1");
        assertThat(first.clear(first.method())).contains("in this JVM", "cannot be reached");
        assertThat(first.ask("3", "q", "acme")).isEqualTo("3");
      }
    }
  }

  /** What was to be dropped while Redis was away never comes back. */
  @Test
  void dropsAfterAnOutageWhatWasToBeDroppedInIt() throws Exception {
    try (RedisServer server = RedisServer.start(folder);
        SharedCache first = new SharedCache(server.url(), CLEAR, TAGGED);
        SharedCache second = new SharedCache(server.url(), CLEAR, TAGGED)) {
      for (String customer : List.of("acme", "globex")) {
        first.ask("1", "q", customer);
        assertThat(second.ask("own", "q", customer)).isEqualTo("1");
      }
      server.kill();
      Invalidations.of(first.runtime()).dropAll(Set.of("customer:acme"));
      assertThat(first.ask("2", "q", "acme")).isEqualTo("2");

      server.restart();
      await(() -> {
        first.ask("of first", "another " + System.nanoTime(), "acme");
        return !"1".equals(second.ask("3", "q", "acme"));
      });
      assertThat(first.ask("4", "q", "acme")).isNotEqualTo("1");
      assertThat(second.ask("4", "q", "globex")).isEqualTo("1");
    }
  }

  /** A server that hangs holds up one call, and not longer than the timeout. */
  @Test
  void doesNotWaitForAServerThatHangs() throws Exception {
    try (RedisServer server = RedisServer.start(folder);
        SharedCache first = new SharedCache(server.url(), CLEAR, "{ttl: 1h}");
        SharedCache second = new SharedCache(server.url(), CLEAR, "{ttl: 1h}")) {
      first.ask("1", "q", "acme");
      second.ask("own", "unrelated", "acme");
      server.command("CLIENT PAUSE 60000 ALL");

      for (int i = 0; i < 1_000; i++) {
        assertThat(second.ask("own " + i, "q " + i, "acme")).isEqualTo("own " + i);
      }
      assertThat(second.ask("own", "q", "acme")).isEqualTo("own");
      assertThat(log).anySatisfy(line -> assertThat(line).contains("cached-answers.redis.timeout"));
    }
  }

  /** A server that is full takes no answers; what it has can still be read. */
  @Test
  void readsFromAServerThatIsFull() throws Exception {
    try (RedisServer server = RedisServer.start(folder);
        SharedCache first = new SharedCache(server.url(), CLEAR, "{ttl: 1h}");
        SharedCache second = new SharedCache(server.url(), CLEAR, "{ttl: 1h}")) {
      first.ask("1", "q", "acme");
      second.ask("own", "unrelated", "acme");
      server.command("CONFIG SET maxmemory 1");

      assertThat(first.ask("2", "q2", "acme")).isEqualTo("2");
      assertThat(second.ask("own", "q", "acme")).isEqualTo("1");
      assertThat(log)
          .anySatisfy(line -> assertThat(line).contains("maxmemory", "give answers a shorter ttl"));
    }
  }

  /** Answers calls, one for each line that it reads. */
  static final class Jvm {

    public static void main(String[] arguments) throws Exception {
      try (SharedCache cache =
          new SharedCache(arguments[0], "keys-env: GILD_TEST_ANSWER_KEYS", "{ttl: 1h}")) {
        GovernedMethod method = cache.method();
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          boolean clears = line.equals("clear");
          System.out.println(
              clears ? cache.clear(method) : cache.ask(method, "of " + arguments[1], line, "acme"));
        }
      }
    }
  }

  private static Process jvm(String url, String name) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Jvm.class.getName(),
            url,
            name);
    String key = Base64.getEncoder().encodeToString("a secret of thirty-two bytes....".getBytes());
    builder.environment().put("GILD_TEST_ANSWER_KEYS", "2026:" + key);
    return builder.redirectError(new File("target", "answers-" + name + ".log")).start();
  }

  private static String ask(Process jvm, String question) throws IOException {
    PrintStream out = new PrintStream(jvm.getOutputStream(), true);
    out.println(question);
    return jvm.inputReader().readLine();
  }

  @Test
  void sharesTheAnswersOfTwoJvms() throws Exception {
    try (RedisServer server = RedisServer.start(folder)) {
      Process first = jvm(server.url(), "first");
      Process second = jvm(server.url(), "second");
      try {
        assertThat(first.inputReader().readLine()).isEqualTo("ready");
        assertThat(second.inputReader().readLine()).isEqualTo("ready");
        for (int i = 0; i < 50; i++) {
          boolean even = i % 2 == 0;
          String expected = even ? "of first" : "of second";
          assertThat(ask(even ? first : second, "question " + i)).isEqualTo(expected);
          assertThat(ask(even ? second : first, "question " + i)).isEqualTo(expected);
        }
        ask(first, "clear");
        await(() -> {
          try {
            return ask(second, "question 0").equals("of second");
          } catch (IOException failure) {
            return false;
          }
        });
      } finally {
        first.destroyForcibly();
        second.destroyForcibly();
      }
    }
  }
}
