package io.gild.memory.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.memory.MemoryException;
import io.gild.memory.SessionChange;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionMessage.Role;
import io.gild.memory.spi.SessionStore;
import io.gild.testkit.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** What happens when Redis is down, slow, full, killed, or will not let us in. */
class RedisFailureTests {

  private static final SessionKey KEY = new SessionKey("acme", "support", "42");

  @TempDir Path folder;

  private static SessionStore open(String url) {
    return new RedisSessionStore(url, Duration.ofSeconds(5), "gild:");
  }

  @Test
  void worksAgainWhenRedisIsBack() {
    try (RedisServer server = RedisServer.start(folder);
        SessionStore store = open(server.url())) {
      store.change(KEY, hello("1", "hi"));
      server.kill();
      assertThatThrownBy(() -> store.change(KEY, hello("2", "hi")))
          .isInstanceOf(MemoryException.class)
          .hasMessageContaining("Cannot change session \"42\" of agent \"support\"")
          .hasMessageContaining("in Redis at 127.0.0.1:" + server.port())
          .hasMessageContaining("Start Redis, or correct memory.redis.url");
      assertThatThrownBy(() -> store.sessions("acme")).isInstanceOf(MemoryException.class);
      server.restart();

      store.change(KEY, hello("2", "hi"));

      assertThat(ids(store)).containsExactly("1", "2");
    }
  }

  /** The connections broke while nothing was sent. */
  @Test
  void survivesARestartBetweenTwoCalls() {
    try (RedisServer server = RedisServer.start(folder);
        SessionStore store = open(server.url())) {
      store.change(KEY, hello("1", "hi"));
      server.kill();
      server.restart();

      assertThat(store.change(KEY, hello("2", "hi")).added()).isEqualTo(1);

      assertThat(ids(store)).containsExactly("1", "2");
    }
  }

  @Test
  void doesNotRepeatAChangeWithAConditionAfterARestart() {
    SessionChange conditional =
        SessionChange.builder()
            .value(new SessionChange.ValueChange("count", true, null, "1"))
            .build();
    try (RedisServer server = RedisServer.start(folder);
        SessionStore store = open(server.url())) {
      store.read(KEY);
      server.kill();
      server.restart();

      assertThatThrownBy(() -> store.change(KEY, conditional)).isInstanceOf(MemoryException.class);

      assertThat(store.change(KEY, conditional).applied()).isTrue();
    }
  }

  @Test
  void keepsEachAcknowledgedMessageOnceWhenRedisIsKilled() throws Exception {
    int writers = 4;
    int each = 60;
    try (RedisServer server = RedisServer.start(folder);
        SessionStore store = open(server.url())) {
      AtomicInteger written = new AtomicInteger();
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        String name = "w" + writer + "-";
        tasks.add(() -> append(store, name, each, written));
      }
      ExecutorService executor = Executors.newFixedThreadPool(writers);
      try {
        List<Future<Integer>> results = tasks.stream().map(executor::submit).toList();
        for (int kills = 1; kills <= 3; kills++) {
          while (written.get() < kills * 50) {
            Thread.sleep(1);
          }
          server.kill();
          server.restart();
        }
        for (Future<Integer> result : results) {
          result.get();
        }
      } finally {
        executor.shutdownNow();
      }
      List<String> ids = ids(store);
      assertThat(ids).hasSize(writers * each).doesNotHaveDuplicates();
      for (int writer = 0; writer < writers; writer++) {
        String name = "w" + writer + "-";
        List<String> own = ids.stream().filter(id -> id.startsWith(name)).toList();
        for (int i = 0; i < each; i++) {
          assertThat(own.get(i)).isEqualTo(name + i);
        }
      }
      assertThat(store.sessions("acme")).containsExactly(KEY);
    }
  }

  /** Appends with retries, as a caller does; returns how many calls failed. */
  private static int append(SessionStore store, String name, int count, AtomicInteger written)
      throws InterruptedException {
    int failed = 0;
    for (int i = 0; i < count; i++) {
      while (true) {
        try {
          store.change(KEY, hello(name + i, "hi"));
          written.incrementAndGet();
          break;
        } catch (MemoryException failure) {
          failed++;
          Thread.sleep(5);
        }
      }
    }
    return failed;
  }

  @Test
  void failsWhenRedisIsTooSlow() throws Exception {
    try (RedisServer server = RedisServer.start(folder);
        SessionStore store = new RedisSessionStore(server.url(), Duration.ofMillis(300), "gild:")) {
      server.command("CLIENT PAUSE 60000");

      assertThatThrownBy(() -> store.read(KEY))
          .isInstanceOf(MemoryException.class)
          .hasMessageContaining("did not answer in time")
          .hasMessageContaining("raise memory.redis.timeout");

      server.kill();
      server.restart();
      assertThat(store.read(KEY).revision()).isZero();
    }
  }

  @Test
  void storesNothingOfAChangeWhenRedisIsFull() {
    try (RedisServer server =
            RedisServer.start(folder, "--maxmemory", "5mb", "--maxmemory-policy", "noeviction");
        SessionStore store = open(server.url())) {
      String big = "x".repeat(100_000);
      int written = 0;
      MemoryException failure = null;
      while (failure == null) {
        try {
          store.change(KEY, hello("m" + written, big));
          written++;
        } catch (MemoryException full) {
          failure = full;
        }
      }
      assertThat(failure)
          .hasMessageContaining("in Redis at 127.0.0.1:" + server.port() + ": OOM")
          .hasMessageContaining("raise its maxmemory, or let sessions expire");
      assertThat(store.read(KEY).messages()).hasSize(written);
      assertThat(store.read(KEY).revision()).isEqualTo(written);
      SessionKey other = new SessionKey("other", "", "1");
      assertThatThrownBy(() -> store.change(other, hello("1", big)))
          .isInstanceOf(MemoryException.class);
      assertThat(store.tenants()).containsExactly("acme");

      store.change(KEY, SessionChange.builder().remove(ids(store)).build());
      assertThat(store.change(KEY, hello("again", big)).added()).isEqualTo(1);
    }
  }

  @Test
  void explainsAWrongPasswordWithoutShowingIt() {
    try (RedisServer server = RedisServer.start(folder, "--requirepass", "s3cret/@")) {
      String place = "127.0.0.1:" + server.port();
      try (SessionStore store = open("redis://:s3cret%2F%40@" + place)) {
        store.change(KEY, hello("1", "hi"));
        assertThat(ids(store)).containsExactly("1");
      }
      try (SessionStore store = open("redis://:wr0ng@" + place)) {
        assertThatThrownBy(() -> store.read(KEY))
            .isInstanceOf(MemoryException.class)
            .hasMessageContaining(place + ": WRONGPASS")
            .hasMessageContaining("correct them in memory.redis.url")
            .hasMessageNotContaining("wr0ng");
      }
      try (SessionStore store = open("redis://" + place)) {
        assertThatThrownBy(() -> store.read(KEY))
            .isInstanceOf(MemoryException.class)
            .hasMessageContaining("It requires a password");
      }
    }
  }

  @Test
  void namesTheRemedyForAReadOnlyReplica() throws Exception {
    try (RedisServer server = RedisServer.start(folder);
        SessionStore store = open(server.url())) {
      store.change(KEY, hello("1", "hi"));
      server.command("REPLICAOF 127.0.0.1 1");

      assertThat(ids(store)).containsExactly("1");
      assertThatThrownBy(() -> store.change(KEY, hello("2", "hi")))
          .isInstanceOf(MemoryException.class)
          .hasMessageContaining("READONLY")
          .hasMessageContaining("name its primary in memory.redis.url");

      server.command("REPLICAOF NO ONE");
      store.change(KEY, hello("2", "hi"));
      assertThat(ids(store)).containsExactly("1", "2");
    }
  }

  @Test
  void rejectsKeysOfAnotherProgram() {
    try (RedisServer server = RedisServer.start(folder);
        RedisClient client = RedisClient.create(server.url());
        SessionStore store = open(server.url())) {
      client.set("gild:{acme:support:42}:order", "mine");

      assertThatThrownBy(() -> store.change(KEY, hello("1", "hi")))
          .isInstanceOf(MemoryException.class)
          .hasMessageContaining("its own memory.redis.prefix");
      assertThat(client.exists("gild:{acme:support:42}:head")).isFalse();
    }
  }

  private static SessionChange hello(String id, String text) {
    SessionMessage message = SessionMessage.of(Role.USER, text);
    return SessionChange.builder()
        .append(
            List.of(
                new SessionMessage(id, Role.USER, text, message.at(), 1, false, message.data())))
        .build();
  }

  private static List<String> ids(SessionStore store) {
    return store.read(KEY).messages().stream().map(SessionMessage::id).toList();
  }
}
