package io.gild.coordination.nats;

import io.gild.config.Experimental;
import io.gild.config.PolicyTree;
import io.gild.config.Require;
import io.gild.config.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;

/**
 * The synchronizers that are in NATS.
 *
 * @param nats where NATS is
 */
@Experimental
public record NatsSynchronizers(Nats nats) {

  /** A part of the section {@code synchronizers}. */
  public static final Section<NatsSynchronizers> SECTION =
      Section.of("synchronizers", NatsSynchronizers.class)
          .defaults(
              PolicyTree.of(
                  Map.of(
                      "nats",
                      Map.of(
                          "url", "nats://localhost:4222",
                          "timeout", "2s",
                          "bucket", "gild",
                          "replicas", 1))));

  /**
   * A NATS server with JetStream.
   *
   * @param url {@code nats://user:password@host:port}, or {@code tls://} for TLS; user, password
   *     and port may be left out. Messages and {@link #toString} leave user and password out.
   * @param timeout longest time to connect, and to wait for each answer
   * @param bucket begins the names of the key-value buckets: letters, digits, {@code -} and {@code
   *     _}
   * @param replicas how many servers of a cluster have each bucket that Gild creates; 1 to 5
   */
  public record Nats(String url, Duration timeout, String bucket, int replicas) {

    /** Checks the values. */
    public Nats {
      uri(url);
      Require.positive(timeout, "timeout");
      Require.between(1, 5, replicas, "replicas");
      if (!bucket.matches("[a-zA-Z0-9_-]+")) {
        throw new IllegalArgumentException(
            "bucket must have only letters, digits, - and _, but is \"" + bucket + "\"");
      }
    }

    private static URI uri(String url) {
      try {
        URI uri = new URI(url);
        boolean isNats = "nats".equals(uri.getScheme()) || "tls".equals(uri.getScheme());
        if (isNats && uri.getHost() != null) {
          return uri;
        }
      } catch (URISyntaxException malformed) {
        // its message has the password
      }
      throw new IllegalArgumentException(
          "url must have the form nats://user:password@host:port, or tls:// for TLS;"
              + " special characters of user and password are written as %40 for @, for instance");
    }

    /** Returns host and port. */
    String place() {
      URI uri = uri(url);
      return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    @Override
    public String toString() {
      return "Nats[url=%s, timeout=%s, bucket=%s, replicas=%d]"
          .formatted(place(), timeout, bucket, replicas);
    }
  }
}
