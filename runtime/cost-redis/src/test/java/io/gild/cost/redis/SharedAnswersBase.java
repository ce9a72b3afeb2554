package io.gild.cost.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.GildLog;
import io.gild.redis.RedisAddress;
import io.gild.testkit.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** A Redis server, keys, and runtimes that share answers there. */
abstract class SharedAnswersBase {

  static final String TEXT = "Ljava/lang/String;";
  static final String TWO_TEXTS = "(" + TEXT + TEXT + ")";
  static final String USUAL = "{ttl: 1h}";

  static RedisServer server;

  @TempDir static Path folder;

  final List<String> log = new CopyOnWriteArrayList<>();
  final List<SharedCache> open = new ArrayList<>();

  @BeforeAll
  static void start(@TempDir Path data) throws Exception {
    server = RedisServer.start(data, "--appendonly", "no");
    keys("both", "a", 1, "b", 2);
    keys("one", "a", 1);
    keys("other", "a", 3);
    keys("new", "b", 2, "a", 1);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  /** Writes a file with ids and secrets. */
  static void keys(String file, Object... parts) throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.length; i += 2) {
      byte[] secret = new byte[32];
      secret[0] = (byte) (int) (Integer) parts[i + 1];
      text.append(parts[i]).append(':');
      text.append(Base64.getEncoder().encodeToString(secret)).append('\n');
    }
    Files.writeString(folder.resolve(file), text);
  }

  @BeforeEach
  void empty() throws Exception {
    server.command("FLUSHALL");
    GildLog.redirect((line, cause) -> log.add(line));
  }

  @AfterEach
  void close() {
    open.forEach(SharedCache::close);
  }

  static String keysFile(String name) {
    return "keys-file: '" + folder.resolve(name) + "'";
  }

  SharedCache cache() {
    return cache(keysFile("one"), USUAL);
  }

  SharedCache cache(String answers, String policy) {
    SharedCache cache = new SharedCache(server.url(), answers, policy);
    open.add(cache);
    return cache;
  }

  RedisClient client() {
    return RedisAddress.of(server.url()).client(Duration.ofSeconds(2));
  }

  static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      Thread.sleep(5);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  Set<String> answers() {
    try (RedisClient client = client()) {
      return client.keys("gild:answer:*");
    }
  }
}
