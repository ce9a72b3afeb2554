package io.gild.redis;

import io.gild.config.Experimental;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;

/**
 * Where a Redis server is, and how to log in. Its text has neither user nor password.
 *
 * @param host name or IP address
 * @param port the port
 * @param tls whether the connection is encrypted
 * @param user the user, or {@code null} for the default one
 * @param password the password, or {@code null} for none
 * @param database number of the database
 */
@Experimental
public record RedisAddress(
    String host,
    int port,
    boolean tls,
    @Nullable String user,
    @Nullable String password,
    int database) {

  private static final int USUAL_PORT = 6_379;
  private static final int MOST_CONNECTIONS = 64;

  /**
   * Reads a URL.
   *
   * @param url {@code redis://user:password@host:port/database}, or {@code rediss://} for TLS
   * @return the address
   * @throws IllegalArgumentException if it is invalid; the message does not show it, because of its
   *     password
   */
  public static RedisAddress of(String url) {
    URI uri = parsed(url);
    boolean tls = "rediss".equals(uri.getScheme());
    if (!tls && !"redis".equals(uri.getScheme()) || uri.getHost() == null) {
      throw invalid();
    }
    String login = uri.getUserInfo();
    int colon = login == null ? -1 : login.indexOf(':');
    return new RedisAddress(
        uri.getHost(),
        uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
        tls,
        login == null || colon == 0 ? null : login.substring(0, colon < 0 ? login.length() : colon),
        login == null || colon < 0 ? null : login.substring(colon + 1),
        database(uri.getPath()));
  }

  private static URI parsed(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException malformed) {
      throw invalid(); // without the cause, whose message has the password
    }
  }

  private static int database(@Nullable String path) {
    if (path == null || path.length() < 2) {
      return 0;
    }
    try {
      return Integer.parseUnsignedInt(path.substring(1));
    } catch (NumberFormatException malformed) {
      throw invalid();
    }
  }

  private static IllegalArgumentException invalid() {
    return new IllegalArgumentException(
        "url must have the form redis://user:password@host:port/database, or rediss:// for TLS;"
            + " special characters of user and password are written as %40 for @, for instance");
  }

  /**
   * Creates a client; it connects when it is used.
   *
   * @param timeout longest time to connect, and to wait for each answer; above zero
   * @return the client; the caller closes it
   */
  public RedisClient client(Duration timeout) {
    return RedisClient.builder()
        .hostAndPort(host, port)
        .clientConfig(config(timeout))
        .poolConfig(pool(timeout))
        .build();
  }

  private JedisClientConfig config(Duration timeout) {
    int millis = (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis()));
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder().timeoutMillis(millis).database(database);
    if (tls) {
      config.sslOptions(SslOptions.defaults()); // verifies certificate and host name
    }
    if (password != null) {
      config.user(user).password(password);
    }
    return config.build();
  }

  private static GenericObjectPoolConfig<Connection> pool(Duration timeout) {
    GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
    pool.setMaxTotal(MOST_CONNECTIONS);
    pool.setMaxIdle(MOST_CONNECTIONS);
    pool.setMaxWait(timeout);
    pool.setJmxEnabled(false);
    return pool;
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
