package io.gild.memory.redis;

import io.gild.memory.SessionKey;
import io.gild.redis.RedisCommands;
import io.gild.redis.RedisScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;
import redis.clients.jedis.resps.Tuple;

/**
 * The list of all sessions, by tenant. A session is listed before it is created, so that none is
 * missing; entries of sessions that have expired are removed when they are met. It is read in
 * pages.
 */
final class SessionIndex {

  private static final RedisScript LIST = MemoryScripts.of("list");
  private static final RedisScript UNLIST = MemoryScripts.of("unlist");
  private static final int PAGE = 1_000;

  private final RedisCommands redis;
  private final SessionKeys keys;
  private final Duration fresh;

  /**
   * Creates the index.
   *
   * @param fresh entries that are newer than this stay, even if their session does not exist
   */
  SessionIndex(RedisCommands redis, SessionKeys keys, Duration fresh) {
    this.redis = redis;
    this.keys = keys;
    this.fresh = fresh;
  }

  /**
   * A listed session.
   *
   * @param name all parts of its key
   * @param score grows each time the session is listed
   */
  record Entry(String name, double score) {}

  void list(SessionKey key) {
    List<String> arguments = List.of(SessionKeys.encode(key.tenant()), SessionKeys.name(key));
    redis.run("list " + key, LIST, keys.index(key.tenant()), arguments, true);
  }

  @Nullable Entry entry(SessionKey key) {
    String name = SessionKeys.name(key);
    String sessions = keys.index(key.tenant()).get(1);
    @Nullable Double score =
        redis.call("find " + key, true, () -> redis.client().zscore(sessions, name));
    return score == null ? null : new Entry(name, score);
  }

  /**
   * Removes entries, unless their session was listed again since they were read.
   *
   * @return how many were removed
   */
  int unlist(String tenant, List<Entry> entries, Duration age) {
    List<String> arguments = new ArrayList<>();
    arguments.add(SessionKeys.encode(tenant));
    arguments.add(String.valueOf(age.toMillis() * 1_000));
    for (Entry entry : entries) {
      arguments.add(entry.name());
      arguments.add(String.valueOf((long) entry.score()));
    }
    String what = "clean the sessions of tenant \"%s\"".formatted(tenant);
    Object removed = redis.run(what, UNLIST, keys.index(tenant), arguments, true).get(0);
    return Math.toIntExact((long) removed);
  }

  Set<String> tenants() {
    Set<String> tenants = new LinkedHashSet<>();
    String cursor = ScanParams.SCAN_POINTER_START;
    do {
      ScanResult<Tuple> page = page("list tenants", keys.tenants(), cursor);
      page.getResult().forEach(each -> tenants.add(SessionKeys.decode(each.getElement())));
      cursor = page.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    return tenants;
  }

  /**
   * Visits the sessions of a tenant that exist, some twice, and removes the entries of others.
   *
   * @param visitor gets a name, and returns whether to go on
   * @return how many entries were removed
   */
  int visit(String tenant, Predicate<String> visitor) {
    String what = "list the sessions of tenant \"%s\"".formatted(tenant);
    String sessions = keys.index(tenant).get(1);
    String cursor = ScanParams.SCAN_POINTER_START;
    int removed = 0;
    do {
      ScanResult<Tuple> page = page(what, sessions, cursor);
      List<Tuple> entries = page.getResult();
      List<Boolean> present = redis.call(what, true, () -> present(entries));
      List<Entry> absent = new ArrayList<>();
      for (int i = 0; i < entries.size(); i++) {
        Tuple entry = entries.get(i);
        if (!present.get(i)) {
          absent.add(new Entry(entry.getElement(), entry.getScore()));
        } else if (!visitor.test(entry.getElement())) {
          return removed;
        }
      }
      removed += absent.isEmpty() ? 0 : unlist(tenant, absent, fresh);
      cursor = page.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    return removed;
  }

  private ScanResult<Tuple> page(String what, String key, String cursor) {
    ScanParams size = new ScanParams().count(PAGE);
    return redis.call(what, true, () -> redis.client().zscan(key, cursor, size));
  }

  /** Asks for all sessions of a page at once; in a cluster, they are on different nodes. */
  private List<Boolean> present(List<Tuple> entries) {
    List<Response<Boolean>> answers = new ArrayList<>();
    try (AbstractPipeline pipeline = redis.client().pipelined()) {
      entries.forEach(entry -> answers.add(pipeline.exists(keys.head(entry.getElement()))));
      pipeline.sync();
    }
    return answers.stream().map(Response::get).toList();
  }
}
