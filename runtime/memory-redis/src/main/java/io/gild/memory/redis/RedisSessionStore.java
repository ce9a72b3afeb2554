package io.gild.memory.redis;

import io.gild.config.Experimental;
import io.gild.memory.MemoryException;
import io.gild.memory.SessionChange;
import io.gild.memory.SessionChange.ValueChange;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionOutcome;
import io.gild.memory.SessionSnapshot;
import io.gild.memory.spi.SessionStore;
import io.gild.redis.RedisAddress;
import io.gild.redis.RedisCommands;
import io.gild.redis.RedisScript;
import io.gild.redis.RedisServerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;

/**
 * Keeps sessions in Redis; tested with version 7.0. All JVMs that use the same server and prefix
 * share the sessions.
 *
 * <p>Each change is one Lua script. Redis deletes expired sessions by itself, by its own clock. A
 * change that returned is as durable as Redis is: with {@code appendonly yes} and {@code
 * appendfsync always}, nothing of it is lost when Redis is killed.
 *
 * <p>While Redis does not answer, is full or is a read-only replica, each operation throws a {@link
 * MemoryException}, and nothing of it is stored, except that a change whose answer was lost may
 * have been made. Appending the same ids again is then harmless. The store works again as soon as
 * Redis does.
 */
@Experimental
public final class RedisSessionStore implements SessionStore {

  private static final RedisScript CHANGE = MemoryScripts.of("change");
  private static final RedisScript READ = MemoryScripts.of("read");
  private static final RedisScript DELETE = MemoryScripts.of("delete");

  /** The answer of a change to a session that is not in the index. */
  private static final long NOT_LISTED = 2;

  private static final Duration FRESH = Duration.ofSeconds(5);

  private final RedisCommands redis;
  private final SessionKeys keys;
  private final SessionIndex index;

  /**
   * Creates a store on one server. It connects when it is used.
   *
   * @param url {@code redis://user:password@host:port/database}, or {@code rediss://} for TLS
   * @param timeout longest time to connect, and to wait for each answer; above zero
   * @param prefix begins the name of every key; without braces
   * @throws IllegalArgumentException if the URL or the prefix is invalid
   */
  public RedisSessionStore(String url, Duration timeout, String prefix) {
    this(RedisCommands.of(RedisMemory.PURPOSE, RedisAddress.of(url), timeout), prefix, FRESH);
  }

  /**
   * Creates a store with a client, as for a cluster or sentinels.
   *
   * @param client is closed with the store
   * @param place names the server in messages, such as {@code redis.acme.com:6379}
   * @param prefix begins the name of every key; without braces
   * @throws IllegalArgumentException if the prefix is invalid
   */
  public RedisSessionStore(UnifiedJedis client, String place, String prefix) {
    this(new RedisCommands(RedisMemory.PURPOSE, client, place, () -> {}), prefix, FRESH);
  }

  /**
   * Creates a store.
   *
   * @param fresh how long the index keeps a session that does not exist; its writer may be about to
   *     create it
   */
  RedisSessionStore(RedisCommands redis, String prefix, Duration fresh) {
    RedisServerSettings.requirePrefix(prefix);
    this.redis = redis;
    this.keys = new SessionKeys(prefix);
    this.index = new SessionIndex(redis, keys, fresh);
  }

  @Override
  public SessionSnapshot read(SessionKey key) {
    List<?> answer = redis.run("read " + key, READ, keys.of(key), List.of(), true);
    return StoredSession.of(key, answer);
  }

  @Override
  public SessionOutcome change(SessionKey key, SessionChange change) {
    List<?> answer = run(key, change, false);
    if (answer.get(0).equals(NOT_LISTED)) {
      index.list(key);
      answer = run(key, change, true);
      // Another client may have deleted the session, and its entry, before this one made it anew.
      index.list(key);
    }
    return new SessionOutcome(
        answer.get(0).equals(1L),
        (long) answer.get(1),
        number(answer.get(2)),
        number(answer.get(3)),
        number(answer.get(4)),
        (long) answer.get(5));
  }

  private static int number(Object answer) {
    return Math.toIntExact((long) answer);
  }

  private List<?> run(SessionKey key, SessionChange change, boolean listed) {
    return redis.run(
        "change " + key,
        CHANGE,
        keys.of(key),
        ChangeArguments.of(change, listed),
        isRepeatable(change));
  }

  /** Returns whether the change does nothing more when it is made again after a lost answer. */
  private static boolean isRepeatable(SessionChange change) {
    return change.revision() == null
        && change.summaryNumber() == null
        && change.values().stream().noneMatch(ValueChange::conditional);
  }

  @Override
  public boolean delete(SessionKey key) {
    SessionIndex.Entry entry = index.entry(key);
    Object present = redis.run("delete " + key, DELETE, keys.of(key), List.of(), false).get(0);
    if (!present.equals(1L)) {
      return false;
    }
    if (entry != null) {
      index.unlist(key.tenant(), List.of(entry), Duration.ZERO);
    }
    return true;
  }

  @Override
  public List<SessionKey> sessions(String tenant) {
    List<SessionKey> sessions = new ArrayList<>();
    index.visit(
        tenant,
        name -> {
          sessions.add(SessionKeys.key(name));
          return true;
        });
    return sessions.stream().distinct().toList(); // a page may repeat entries of another
  }

  @Override
  public List<String> tenants() {
    return index.tenants().stream().filter(this::hasSessions).toList();
  }

  private boolean hasSessions(String tenant) {
    boolean[] found = new boolean[1];
    index.visit(
        tenant,
        name -> {
          found[0] = true;
          return false;
        });
    return found[0];
  }

  /**
   * Removes expired sessions from the list of all sessions; Redis has deleted them already.
   *
   * @return how many were removed from the list
   */
  @Override
  public int removeExpired() {
    int removed = 0;
    for (String tenant : index.tenants()) {
      removed += index.visit(tenant, name -> true);
    }
    return removed;
  }

  /** Closes the connections; the sessions stay. */
  @Override
  public void close() {
    redis.close();
  }
}
