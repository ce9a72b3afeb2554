package io.gild.memory.redis;

import io.gild.config.Experimental;
import io.gild.config.PolicyTree;
import io.gild.config.Require;
import io.gild.config.Section;
import java.time.Duration;
import java.util.Map;

/**
 * The memory that is kept in Redis.
 *
 * @param redis where Redis is
 */
@Experimental
public record RedisMemory(Redis redis) {

  /** A part of the section {@code memory}. */
  public static final Section<RedisMemory> SECTION =
      Section.of("memory", RedisMemory.class)
          .defaults(
              PolicyTree.of(
                  Map.of(
                      "redis",
                      Map.of(
                          "url", "redis://localhost:6379", "timeout", "2s", "prefix", "gild:"))));

  /**
   * A Redis server.
   *
   * @param url {@code redis://user:password@host:port/database}, or {@code rediss://} for TLS;
   *     user, password, port and database may be left out. Messages and {@link #toString} leave
   *     user and password out.
   * @param timeout longest time to connect, and to wait for each answer
   * @param prefix begins the name of every key; without {@code {} and {@code }}
   */
  public record Redis(String url, Duration timeout, String prefix) {

    /** Checks the values. */
    public Redis {
      RedisAddress.of(url);
      Require.positive(timeout, "timeout");
      requirePrefix(prefix);
    }

    @Override
    public String toString() {
      return "Redis[url=%s, timeout=%s, prefix=%s]"
          .formatted(RedisAddress.of(url), timeout, prefix);
    }
  }

  /** In a cluster, what is in braces decides which node has a key. */
  static void requirePrefix(String prefix) {
    if (prefix.indexOf('{') >= 0 || prefix.indexOf('}') >= 0) {
      throw new IllegalArgumentException("prefix must not contain { or }, but is " + prefix);
    }
  }
}
