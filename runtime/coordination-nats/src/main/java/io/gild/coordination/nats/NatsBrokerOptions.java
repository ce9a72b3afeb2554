package io.gild.coordination.nats;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Where messages are in NATS.
 *
 * @param url {@code nats://user:password@host:port}, {@code tls://} for TLS, several separated by
 *     commas; messages and {@link #toString} leave user and password out
 * @param timeout the longest time to connect, and to wait for each answer
 * @param prefix begins the names of subjects, streams and buckets; letters, digits and {@code _}
 * @param replicas how many servers of a cluster hold each message; 1 to 5
 */
@Experimental
public record NatsBrokerOptions(String url, Duration timeout, String prefix, int replicas) {

  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_]{1,30}");
  private static final int MOST_REPLICAS = 5;

  /** Checks the values. */
  public NatsBrokerOptions {
    if (url.isBlank()) {
      throw new IllegalArgumentException("url must be such as nats://localhost:4222, but is empty");
    }
    Require.positive(timeout, "timeout");
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "prefix must be 1 to 30 letters, digits and _, but is \"" + prefix + "\"");
    }
    Require.between(1, MOST_REPLICAS, replicas, "replicas");
  }

  /**
   * Creates options with a timeout of 5 s, the prefix {@code gild} and one replica.
   *
   * @param url where the server is
   * @return the options
   */
  public static NatsBrokerOptions of(String url) {
    return new NatsBrokerOptions(url, Duration.ofSeconds(5), "gild", 1);
  }

  /**
   * Returns the same with another prefix.
   *
   * @param other the prefix
   * @return the copy
   */
  public NatsBrokerOptions withPrefix(String other) {
    return new NatsBrokerOptions(url, timeout, other, replicas);
  }

  /** Returns the URL without user and password. */
  String place() {
    return withoutSecrets(url);
  }

  /** Returns a text in which no URL has a user and a password. */
  static String withoutSecrets(String text) {
    return text.replaceAll("//[^\\s,\\]]*@", "//");
  }

  @Override
  public String toString() {
    return "NatsBrokerOptions[url=%s, timeout=%s, prefix=%s, replicas=%d]"
        .formatted(place(), timeout, prefix, replicas);
  }
}
