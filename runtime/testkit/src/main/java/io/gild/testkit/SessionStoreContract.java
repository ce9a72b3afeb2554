package io.gild.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gild.config.Experimental;
import io.gild.memory.SessionChange;
import io.gild.memory.SessionChange.ValueChange;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionLimits;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionMessage.Role;
import io.gild.memory.SessionOutcome;
import io.gild.memory.SessionSnapshot;
import io.gild.memory.SessionSummary;
import io.gild.memory.SessionTurns;
import io.gild.memory.spi.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every store of sessions does. A test of a store extends this class; each test gets an empty
 * store.
 */
@Experimental
public abstract class SessionStoreContract {

  private static final SessionKey KEY = new SessionKey("acme", "support", "42");
  private static final Instant AT = Instant.parse("2026-01-31T12:00:00Z");

  @SuppressWarnings("NullAway.Init") // set before each test
  private SessionStore store;

  /** Creates the tests. */
  protected SessionStoreContract() {}

  /**
   * Creates an empty store.
   *
   * @return the store; closed after the test
   * @throws Exception if that is impossible
   */
  protected abstract SessionStore create() throws Exception;

  /**
   * Lets a duration pass for the store, by its clock or by waiting.
   *
   * @param duration how long
   * @throws Exception if that is impossible
   */
  protected abstract void pass(Duration duration) throws Exception;

  @BeforeEach
  void open() throws Exception {
    store = create();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void readsAnEmptySessionIfThereIsNone() {
    assertEquals(SessionSnapshot.empty(KEY), store.read(KEY));
    assertFalse(store.delete(KEY));
    assertTrue(store.sessions("acme").isEmpty());
  }

  @Test
  void keepsMessagesAsTheyWere() {
    SessionMessage plain = message("1", Role.USER, 3);
    SessionMessage rich =
        new SessionMessage(
            "ключ 2\n\"",
            Role.TOOL,
            "línea\none\u0000two \uD83D\uDE00 " + "x".repeat(100_000),
            AT.plusNanos(123_456_789),
            7,
            true,
            Map.of("calls", List.of(Map.of("id", "c1", "number", 5L, "yes", true)), "empty", ""));
    SessionOutcome outcome = append(KEY, plain, rich);
    assertEquals(new SessionOutcome(true, 1, 2, 0, 2, 10), outcome);
    SessionSnapshot read = store.read(KEY);
    assertEquals(List.of(plain, rich), read.messages());
    assertEquals(1, read.revision());
    assertEquals(10, read.tokens());
    assertNull(read.expires());
  }

  @Test
  void appendsAnIdOnce() {
    append(KEY, message("1", Role.USER, 1), message("1", Role.USER, 1));
    SessionOutcome again = append(KEY, message("1", Role.USER, 9), message("2", Role.ASSISTANT, 1));
    assertEquals(1, again.added());
    assertEquals(List.of("1", "2"), ids(KEY));
    assertEquals(2, store.read(KEY).tokens());
    SessionOutcome nothing = append(KEY, message("1", Role.USER, 1));
    assertEquals(new SessionOutcome(true, again.revision(), 0, 0, 2, 2), nothing);
  }

  @Test
  void appendsAnIdNotAgainAfterItWasRemovedOrTrimmed() {
    append(KEY, message("1", Role.USER, 1), message("2", Role.USER, 1), message("3", Role.USER, 1));
    store.change(KEY, SessionChange.builder().remove(List.of("2", "absent")).build());
    store.change(KEY, SessionChange.builder().trim(new SessionLimits(1, 100)).build());
    append(KEY, message("1", Role.USER, 1), message("2", Role.USER, 1), message("4", Role.USER, 1));
    assertEquals(List.of("3", "4"), ids(KEY));
  }

  @Test
  void keepsSessionsApart() {
    List<SessionKey> keys = new ArrayList<>();
    for (String tenant : List.of("", "acme", "acme:support", "Acme", "../acme", "a{c}me", "*")) {
      for (String agent : List.of("", "support", "support:42", "\u0000")) {
        keys.add(new SessionKey(tenant, agent, "42"));
        keys.add(new SessionKey(tenant, agent, "42 %2e\n\uD83D\uDE00" + "y".repeat(300)));
      }
    }
    for (SessionKey key : keys) {
      append(key, message(key.toString(), Role.USER, 1));
    }
    for (SessionKey key : keys) {
      assertEquals(List.of(key.toString()), ids(key));
    }
    assertEquals(8, store.sessions("acme").size());
    assertTrue(store.sessions("acme").stream().allMatch(key -> key.tenant().equals("acme")));
    assertEquals(7, store.tenants().size());
    assertTrue(store.delete(keys.get(0)));
    assertEquals(7, store.sessions("").size());
    assertTrue(store.sessions("none").isEmpty());
  }

  @Test
  void trimsWholeTurnsAndKeepsInstructions() {
    append(
        KEY,
        message("system", Role.SYSTEM, 5),
        message("u1", Role.USER, 1),
        message("ask", Role.ASSISTANT, 1),
        message("result", Role.TOOL, 1),
        message("a1", Role.ASSISTANT, 1),
        message("u2", Role.USER, 1),
        message("a2", Role.ASSISTANT, 1));
    SessionOutcome outcome =
        store.change(KEY, SessionChange.builder().trim(new SessionLimits(6, 100)).build());
    assertEquals(4, outcome.trimmed());
    assertEquals(List.of("system", "u2", "a2"), ids(KEY));
    store.change(KEY, SessionChange.builder().trim(new SessionLimits(1, 1)).build());
    assertEquals(List.of("system", "u2", "a2"), ids(KEY), "the newest turn stays");
  }

  @Test
  void trimsByTokens() {
    append(KEY, message("1", Role.USER, 50), message("2", Role.USER, 30));
    SessionOutcome outcome =
        store.change(
            KEY,
            SessionChange.builder()
                .append(List.of(message("3", Role.USER, 30)))
                .trim(new SessionLimits(100, 60))
                .build());
    assertEquals(new SessionOutcome(true, 2, 1, 1, 2, 60), outcome);
    assertEquals(List.of("2", "3"), ids(KEY));
  }

  @Test
  void keepsTheTurnOfAPinnedMessage() {
    append(
        KEY,
        message("u1", Role.USER, 1),
        message("a1", Role.ASSISTANT, 1),
        message("u2", Role.USER, 1),
        message("u3", Role.USER, 1));
    store.change(
        KEY,
        SessionChange.builder()
            .pin("a1", true)
            .pin("absent", true)
            .trim(new SessionLimits(1, 100))
            .build());
    assertEquals(List.of("u1", "a1", "u3"), ids(KEY));
    assertTrue(store.read(KEY).messages().get(1).pinned());
    store.change(
        KEY, SessionChange.builder().pin("a1", false).trim(new SessionLimits(1, 100)).build());
    assertEquals(List.of("u3"), ids(KEY));
  }

  @Test
  void trimsAsTheReferenceDoes() {
    Random random = new Random(7);
    Role[] roles = Role.values();
    for (int round = 0; round < 20; round++) {
      SessionKey key = new SessionKey("random", "", "s" + round);
      List<SessionMessage> expected = new ArrayList<>();
      for (int step = 0; step < 15; step++) {
        SessionLimits limits = new SessionLimits(1 + random.nextInt(8), 1 + random.nextInt(60));
        SessionMessage next =
            message(step + "", roles[random.nextInt(4)], random.nextInt(12))
                .pinned(random.nextInt(9) == 0);
        expected.add(next);
        expected.removeAll(SessionTurns.excess(expected, limits));
        store.change(key, SessionChange.builder().append(List.of(next)).trim(limits).build());
        assertEquals(expected, store.read(key).messages(), "round " + round + ", step " + step);
      }
    }
  }

  @Test
  void changesNothingIfAConditionIsNotMet() {
    append(KEY, message("1", Role.USER, 1));
    SessionChange.Builder stale = SessionChange.builder().ifRevision(0);
    SessionChange.Builder unsummarized = SessionChange.builder().ifSummary(1);
    SessionChange.Builder value =
        SessionChange.builder().value(new ValueChange("n", true, "1", "2"));
    for (SessionChange.Builder change : List.of(stale, unsummarized, value)) {
      change.append(List.of(message("2", Role.USER, 1))).remove(List.of("1"));
      assertEquals(new SessionOutcome(false, 1, 0, 0, 1, 1), store.change(KEY, change.build()));
    }
    assertEquals(List.of("1"), ids(KEY));
    SessionChange fitting =
        SessionChange.builder()
            .ifRevision(1)
            .ifSummary(0)
            .value(new ValueChange("n", true, null, "1"))
            .build();
    assertTrue(store.change(KEY, fitting).applied());
  }

  @Test
  void createsNoSessionForAnEmptyChange() {
    store.change(KEY, SessionChange.builder().remove(List.of("1")).pin("1", true).build());
    assertEquals(0, store.read(KEY).revision());
    assertTrue(store.sessions("acme").isEmpty());
  }

  @Test
  void keepsSummaryAndValues() {
    SessionSummary summary = new SessionSummary("They\nspoke.", 1, 4, 3);
    store.change(
        KEY,
        SessionChange.builder()
            .summary(summary)
            .value(new ValueChange("name", false, null, "\"Ann\""))
            .value(new ValueChange("gone", false, null, "1"))
            .build());
    store.change(
        KEY, SessionChange.builder().value(new ValueChange("gone", false, null, null)).build());
    assertEquals(summary, store.read(KEY).summary());
    assertEquals(Map.of("name", "\"Ann\""), store.read(KEY).values());
    assertTrue(store.change(KEY, SessionChange.builder().ifSummary(1).build()).applied());
  }

  @Test
  void losesNothingOfTwoWriters() throws Exception {
    int writers = 4;
    int each = 50;
    List<Callable<@Nullable Object>> tasks = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      String name = "w" + writer;
      tasks.add(() -> {
        for (int i = 0; i < each; i++) {
          append(KEY, message(name + "-" + i, Role.USER, 1));
          increment();
        }
        return null;
      });
    }
    ExecutorService executor = Executors.newFixedThreadPool(writers);
    try {
      for (Future<@Nullable Object> task : executor.invokeAll(tasks)) {
        task.get();
      }
    } finally {
      executor.shutdownNow();
    }
    assertEquals(writers * each, store.read(KEY).messages().size());
    assertEquals(writers * each + "", store.read(KEY).values().get("count"));
  }

  private void increment() {
    while (true) {
      String before = store.read(KEY).values().get("count");
      String after = before == null ? "1" : Integer.parseInt(before) + 1 + "";
      ValueChange change = new ValueChange("count", true, before, after);
      if (store.change(KEY, SessionChange.builder().value(change).build()).applied()) {
        return;
      }
    }
  }

  @Test
  void expires() throws Exception {
    Duration ttl = Duration.ofSeconds(2);
    SessionChange change =
        SessionChange.builder().append(List.of(message("1", Role.USER, 1))).timeToLive(ttl).build();
    store.change(KEY, change);
    append(new SessionKey("acme", "support", "stays"), message("1", Role.USER, 1));
    assertTrue(store.read(KEY).expires() != null);
    assertEquals(2, store.sessions("acme").size());
    pass(ttl.plusMillis(100));
    assertEquals(0, store.read(KEY).revision());
    assertEquals(1, store.sessions("acme").size());
    store.removeExpired();
    assertEquals(1, append(KEY, message("1", Role.USER, 1)).messages(), "begins anew");
    assertNull(store.read(KEY).expires());
  }

  @Test
  void staysAliveByEachChange() throws Exception {
    SessionChange.Builder change = SessionChange.builder().timeToLive(Duration.ofSeconds(2));
    store.change(KEY, change.append(List.of(message("1", Role.USER, 1))).build());
    pass(Duration.ofMillis(1_200));
    store.change(KEY, change.append(List.of(message("2", Role.USER, 1))).build());
    pass(Duration.ofMillis(1_200));
    assertEquals(List.of("1", "2"), ids(KEY));
  }

  private SessionOutcome append(SessionKey key, SessionMessage... messages) {
    return store.change(key, SessionChange.builder().append(List.of(messages)).build());
  }

  private List<String> ids(SessionKey key) {
    return store.read(key).messages().stream().map(SessionMessage::id).toList();
  }

  private static SessionMessage message(String id, Role role, int tokens) {
    return new SessionMessage(id, role, "text of " + id, AT, tokens, false, Map.of());
  }
}
