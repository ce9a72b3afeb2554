package io.gild.redis;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;

/**
 * A Redis server, as settings name it.
 *
 * @param url {@code redis://user:password@host:port/database}, or {@code rediss://} for TLS; user,
 *     password, port and database may be left out. Messages and {@link #toString} leave user and
 *     password out.
 * @param timeout longest time to connect, and to wait for each answer
 * @param prefix begins the name of every key; without {@code {} and {@code }}
 */
@Experimental
public record RedisServerSettings(String url, Duration timeout, String prefix) {

  /** Checks the values. */
  public RedisServerSettings {
    RedisAddress.of(url);
    Require.positive(timeout, "timeout");
    requirePrefix(prefix);
  }

  /**
   * Checks the prefix of keys: in a cluster, what is in braces decides which node has a key.
   *
   * @param prefix begins the name of every key
   * @throws IllegalArgumentException if it has a brace
   */
  public static void requirePrefix(String prefix) {
    if (prefix.indexOf('{') >= 0 || prefix.indexOf('}') >= 0) {
      throw new IllegalArgumentException("prefix must not contain { or }, but is " + prefix);
    }
  }

  @Override
  public String toString() {
    return "RedisServerSettings[url=%s, timeout=%s, prefix=%s]"
        .formatted(RedisAddress.of(url), timeout, prefix);
  }
}
