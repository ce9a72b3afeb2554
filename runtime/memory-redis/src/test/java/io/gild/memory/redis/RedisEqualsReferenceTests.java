package io.gild.memory.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.spi.Clock;
import io.gild.memory.InProcessSessionStore;
import io.gild.memory.SessionChange;
import io.gild.memory.SessionChange.ValueChange;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionLimits;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionMessage.Role;
import io.gild.memory.SessionSnapshot;
import io.gild.memory.SessionSummary;
import io.gild.memory.spi.SessionStore;
import io.gild.redis.RedisAddress;
import io.gild.redis.RedisCommands;
import io.gild.testkit.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The scripts do exactly what the store in this JVM does, and keep their index while clients race.
 */
class RedisEqualsReferenceTests {

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

  private static SessionStore open(String prefix) {
    RedisCommands commands =
        RedisCommands.of(
            RedisMemory.PURPOSE, RedisAddress.of(server.url()), Duration.ofSeconds(30));
    return new RedisSessionStore(commands, prefix, Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void makesRandomChangesAsTheReferenceDoes(long seed) {
    Random random = new Random(seed);
    SessionKey key = new SessionKey("acme", "", "random");
    SessionStore reference = new InProcessSessionStore(10, 1 << 26, Clock.SYSTEM);
    try (SessionStore store = open("seed" + seed + ":")) {
      for (int step = 0; step < 300; step++) {
        SessionChange change = change(random, reference.read(key));
        assertThat(store.change(key, change))
            .as("seed %s, step %s", seed, step)
            .isEqualTo(reference.change(key, change));
        assertThat(store.read(key))
            .as("seed %s, step %s", seed, step)
            .isEqualTo(reference.read(key));
        if (random.nextInt(60) == 0) {
          assertThat(store.delete(key)).isEqualTo(reference.delete(key));
        }
      }
    }
  }

  private static SessionChange change(Random random, SessionSnapshot now) {
    SessionChange.Builder change = SessionChange.builder();
    if (random.nextInt(5) == 0) {
      change.ifRevision(now.revision() - random.nextInt(2));
    }
    SessionSummary summary = now.summary();
    int number = summary == null ? 0 : summary.number();
    if (random.nextInt(5) == 0) {
      change.ifSummary(number + random.nextInt(2));
    }
    if (random.nextInt(8) == 0) {
      change.summary(new SessionSummary("They spoke.", number + 1, 1, 2));
    }
    List<SessionMessage> appended = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      appended.add(message(random));
    }
    change.append(appended);
    for (int i = random.nextInt(3); i > 0; i--) {
      change.remove(List.of(id(random)));
      change.pin(id(random), random.nextBoolean());
    }
    if (random.nextInt(3) == 0) {
      String name = "v" + random.nextInt(3);
      String json = random.nextInt(3) == 0 ? null : "" + random.nextInt(3);
      String expected = random.nextInt(3) == 0 ? "1" : now.values().get(name);
      change.value(new ValueChange(name, random.nextBoolean(), expected, json));
    }
    if (random.nextBoolean()) {
      change.trim(new SessionLimits(1 + random.nextInt(12), 1 + random.nextInt(80)));
    }
    return change.build();
  }

  private static SessionMessage message(Random random) {
    Role role = Role.values()[random.nextInt(4)];
    boolean pinned = random.nextInt(9) == 0;
    int tokens = random.nextInt(15);
    return new SessionMessage(id(random), role, "text", Instant.EPOCH, tokens, pinned, Map.of());
  }

  private static String id(Random random) {
    return "m" + random.nextInt(200);
  }

  /** Sessions are created, deleted, expire and are listed by several clients at once. */
  @Test
  void keepsTheIndexWhileClientsRace() throws Exception {
    int clients = 6;
    List<Callable<@Nullable Object>> tasks = new ArrayList<>();
    for (int client = 0; client < clients; client++) {
      Random random = new Random(client);
      tasks.add(() -> {
        race(random);
        return null;
      });
    }
    ExecutorService executor = Executors.newFixedThreadPool(clients);
    try {
      for (Future<@Nullable Object> task : executor.invokeAll(tasks)) {
        task.get();
      }
    } finally {
      executor.shutdownNow();
    }
    try (SessionStore store = open("race:")) {
      while (raced().stream().anyMatch(key -> isAboutToExpire(store.read(key)))) {
        Thread.sleep(5);
      }
      Set<SessionKey> present =
          raced().stream()
              .filter(key -> store.read(key).revision() > 0)
              .collect(Collectors.toSet());
      assertThat(store.sessions("acme")).containsExactlyInAnyOrderElementsOf(present);
      raced().forEach(store::delete);
      assertThat(store.sessions("acme")).isEmpty();
    }
    assertThat(server.command("EXISTS race:{index}:tenants")).isEqualTo(":0");
  }

  /** Each round creates a session twice and deletes it, at the same moment. */
  @Test
  void listsASessionThatIsDeletedAndMadeAnew() throws Exception {
    SessionKey key = new SessionKey("again", "", "1");
    ExecutorService executor = Executors.newFixedThreadPool(3);
    try (SessionStore store = open("again:")) {
      Callable<@Nullable Object> create =
          () -> store.change(key, hello(Duration.ofHours(1))).revision();
      for (int round = 0; round < 500; round++) {
        for (Future<@Nullable Object> task :
            executor.invokeAll(List.of(create, () -> store.delete(key), create))) {
          task.get();
        }
        boolean present = store.read(key).revision() > 0;
        assertThat(store.sessions("again")).isEqualTo(present ? List.of(key) : List.of());
        store.delete(key);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static boolean isAboutToExpire(SessionSnapshot session) {
    Instant expires = session.expires();
    return expires != null && expires.isBefore(Instant.now().plusSeconds(60));
  }

  private static List<SessionKey> raced() {
    return List.of(
        new SessionKey("acme", "", "1"),
        new SessionKey("acme", "", "2"),
        new SessionKey("acme", "", "3"));
  }

  private static void race(Random random) {
    try (SessionStore store = open("race:")) {
      for (int i = 0; i < 400; i++) {
        SessionKey key = raced().get(random.nextInt(3));
        switch (random.nextInt(6)) {
          case 0 -> store.delete(key);
          case 1 -> store.sessions("acme");
          case 2 -> store.removeExpired();
          case 3 -> store.change(key, hello(Duration.ofMillis(1 + random.nextInt(5))));
          default -> store.change(key, hello(Duration.ofHours(1)));
        }
      }
    }
  }

  private static SessionChange hello(Duration timeToLive) {
    return SessionChange.builder()
        .append(List.of(SessionMessage.of(Role.USER, "hi")))
        .timeToLive(timeToLive)
        .build();
  }
}
