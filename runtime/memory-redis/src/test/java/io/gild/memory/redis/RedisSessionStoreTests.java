package io.gild.memory.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.memory.SessionChange;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionLimits;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionMessage.Role;
import io.gild.memory.spi.SessionStore;
import io.gild.redis.RedisAddress;
import io.gild.redis.RedisCommands;
import io.gild.testkit.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

class RedisSessionStoreTests {

  private static final SessionKey KEY = new SessionKey("acme", "support", "42");
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static RedisServer server;
  private RedisClient client;
  private SessionStore store;

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

  @BeforeEach
  void open() {
    client = RedisClient.create(server.url());
    client.flushAll();
    store = open("gild:", Duration.ZERO);
  }

  private static SessionStore open(String prefix, Duration fresh) {
    RedisCommands commands =
        RedisCommands.of(RedisMemory.PURPOSE, RedisAddress.of(server.url()), TIMEOUT);
    return new RedisSessionStore(commands, prefix, fresh);
  }

  @AfterEach
  void close() {
    store.close();
    client.close();
  }

  @Test
  void leavesNoKeyOfADeletedSession() {
    store.change(KEY, rich());
    assertThat(client.keys("*")).hasSize(6);

    assertThat(store.delete(KEY)).isTrue();

    assertThat(client.keys("*")).isEmpty();
    assertThat(store.delete(KEY)).isFalse();
  }

  /** A change with messages, values, a summary and removed ids. */
  private static SessionChange rich() {
    return SessionChange.builder()
        .append(List.of(message("1"), message("2"), message("3")))
        .value(new SessionChange.ValueChange("name", false, null, "\"Ann\""))
        .trim(new SessionLimits(2, 100))
        .build();
  }

  @Test
  void keepsOtherSessionsOfTheTenantInTheIndex() {
    SessionKey other = new SessionKey("acme", "support", "43");
    store.change(KEY, rich());
    store.change(other, rich());

    store.delete(KEY);

    assertThat(store.sessions("acme")).containsExactly(other);
    assertThat(store.tenants()).containsExactly("acme");
  }

  @Test
  void leavesNoKeyOfExpiredSessions() throws InterruptedException {
    SessionChange change =
        SessionChange.builder()
            .append(List.of(message("1"), message("2"), message("3")))
            .trim(new SessionLimits(2, 100))
            .timeToLive(Duration.ofMillis(100))
            .build();
    store.change(KEY, change);
    store.change(new SessionKey("", "", "stays"), hello("1"));
    waitUntilGone(KEY);

    assertThat(store.removeExpired()).isEqualTo(1);

    assertThat(client.keys("*acme*")).isEmpty();
    assertThat(client.zrange("gild:{index}:tenants", 0, -1)).containsExactly("");
    assertThat(store.removeExpired()).isZero();
    assertThat(store.tenants()).containsExactly("");
  }

  @Test
  void forgetsExpiredSessionsWhenTheyAreListed() throws InterruptedException {
    store.change(KEY, expiring());
    waitUntilGone(KEY);

    assertThat(store.sessions("acme")).isEmpty();

    assertThat(client.keys("*")).isEmpty();
  }

  /** Another client may have listed the session, and be about to create it. */
  @Test
  void keepsAFreshEntryOfTheIndex() throws InterruptedException {
    try (SessionStore careful = open("gild:", Duration.ofDays(1))) {
      careful.change(KEY, expiring());
      waitUntilGone(KEY);
      assertThat(careful.sessions("acme")).isEmpty();
      assertThat(careful.removeExpired()).isZero();
      assertThat(client.keys("*acme*")).hasSize(1);
    }
  }

  @Test
  void keepsAnEntryThatWasListedAgain() {
    try (RedisCommands commands =
        RedisCommands.of(RedisMemory.PURPOSE, RedisAddress.of(server.url()), TIMEOUT)) {
      SessionIndex index = new SessionIndex(commands, new SessionKeys("gild:"), Duration.ZERO);
      index.list(KEY);
      List<SessionIndex.Entry> old = List.of(index.entry(KEY));
      index.list(KEY);

      assertThat(index.unlist("acme", old, Duration.ZERO)).isZero();
      assertThat(index.unlist("acme", List.of(index.entry(KEY)), Duration.ZERO)).isEqualTo(1);
      assertThat(index.tenants()).isEmpty();
    }
  }

  private static SessionChange expiring() {
    return SessionChange.builder()
        .append(List.of(message("1")))
        .timeToLive(Duration.ofMillis(50))
        .build();
  }

  private void waitUntilGone(SessionKey key) throws InterruptedException {
    while (store.read(key).revision() > 0) {
      Thread.sleep(10);
    }
  }

  /** Values and ids that come after the expiry was set expire with the session. */
  @Test
  void letsAllKeysExpireTogether() {
    store.change(
        KEY,
        SessionChange.builder()
            .append(List.of(message("1"), message("2")))
            .timeToLive(Duration.ofHours(1))
            .build());
    store.change(KEY, SessionChange.builder().remove(List.of("1")).build());

    List<Long> times = client.keys("gild:{acme*").stream().map(client::pexpireTime).toList();

    assertThat(times).hasSize(4).allMatch(time -> time > Instant.now().toEpochMilli());
    assertThat(times.stream().distinct()).hasSize(1);
    assertThat(store.read(KEY).expires()).isEqualTo(Instant.ofEpochMilli(times.get(0)));
  }

  @Test
  void remembersTheLastRemovedIdsOnly() {
    List<SessionMessage> messages = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      messages.add(message("m" + i));
    }
    store.change(KEY, SessionChange.builder().append(messages).build());
    store.change(KEY, SessionChange.builder().trim(new SessionLimits(10, 100_000)).build());

    assertThat(client.zcard("gild:{acme:support:42}:gone")).isEqualTo(1_024);
    assertThat(store.change(KEY, hello("m1489")).added()).isZero();
    assertThat(store.change(KEY, hello("m0")).added()).isEqualTo(1);
  }

  @Test
  void sharesSessionsWithAnotherClient() {
    try (SessionStore other = open("gild:", Duration.ZERO);
        SessionStore apart = open("other:", Duration.ZERO)) {
      store.change(KEY, rich());

      assertThat(other.read(KEY)).isEqualTo(store.read(KEY));
      assertThat(other.change(KEY, hello("4")).revision()).isEqualTo(2);
      assertThat(store.read(KEY).messages()).hasSize(3);
      assertThat(apart.read(KEY).revision()).isZero();
      assertThat(apart.tenants()).isEmpty();
    }
  }

  @Test
  void sendsItsScriptsAgainAfterRedisForgotThem() {
    store.change(KEY, hello("1"));
    client.scriptFlush();

    store.change(KEY, hello("2"));

    assertThat(store.read(KEY).messages()).hasSize(2);
  }

  @Test
  void listsManySessions() {
    int sessions = 2_500;
    for (int i = 0; i < sessions; i++) {
      store.change(new SessionKey("many", "", "s" + i), hello("1"));
    }

    assertThat(store.sessions("many")).hasSize(sessions).doesNotHaveDuplicates();
  }

  @Test
  void keepsASessionWithAVeryLongTimeToLive() {
    store.change(
        KEY,
        SessionChange.builder()
            .append(List.of(message("1")))
            .timeToLive(Duration.ofSeconds(Long.MAX_VALUE))
            .build());

    assertThat(store.read(KEY).messages()).hasSize(1);
  }

  @Test
  void namesEveryKeyInAsciiAndBack() {
    SessionKey key = new SessionKey("a{b}:c", "", "\u0000%u00e9é\uD83D\uDE00\uD800");

    assertThat(SessionKeys.name(key)).matches("[!-~]+").doesNotContain("{", "}");
    assertThat(SessionKeys.key(SessionKeys.name(key))).isEqualTo(key);
  }

  private static SessionChange hello(String id) {
    return SessionChange.builder().append(List.of(message(id))).build();
  }

  private static SessionMessage message(String id) {
    return SessionMessage.of(id, Role.USER, "hi", Instant.parse("2026-01-31T12:00:00Z"));
  }
}
