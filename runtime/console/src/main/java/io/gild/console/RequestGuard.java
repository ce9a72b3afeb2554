package io.gild.console;

import com.sun.net.httpserver.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which requests are answered: those of the own page and of holders of the token. */
final class RequestGuard {

  private static final String BEARER = "Bearer ";

  private final boolean loopback;
  private final byte[] token;
  private final boolean tokenToRead;
  private final Set<String> hosts;

  /**
   * Creates a guard.
   *
   * @param address where the console listens
   * @param token the token
   * @param tokenToRead whether readers need it, too, and not only actions of other clients than the
   *     page
   */
  RequestGuard(InetSocketAddress address, String token, boolean tokenToRead) {
    InetAddress listening = address.getAddress();
    this.loopback = listening != null && listening.isLoopbackAddress();
    this.token = token.getBytes(StandardCharsets.UTF_8);
    this.tokenToRead = tokenToRead || !loopback;
    int port = address.getPort();
    this.hosts = new HashSet<>(Set.of("localhost:" + port, "127.0.0.1:" + port, "[::1]:" + port));
    if (listening != null) {
      String text = listening.getHostAddress();
      hosts.add((text.indexOf(':') < 0 ? text : "[" + text + "]") + ":" + port);
    }
  }

  /** Returns why a request is refused, or {@code null} if its host and origin are the own ones. */
  @Nullable String foreign(Headers headers) {
    String host = headers.getFirst("Host");
    if (loopback && (host == null || !hosts.contains(host.toLowerCase(Locale.ROOT)))) {
      return "the host \""
          + ShortNames.cut(String.valueOf(host))
          + "\" is not this console's; open it as 127.0.0.1 or localhost with its port";
    }
    String origin = headers.getFirst("Origin");
    if (origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host)) {
      return "the page of \""
          + ShortNames.cut(origin)
          + "\" must not use this console; only the console's own page may";
    }
    return null;
  }

  /** Returns whether readers need a token. */
  boolean needsToken() {
    return tokenToRead;
  }

  /** Returns whether a request has the token, or needs none. */
  boolean isAuthorized(Headers headers) {
    return !tokenToRead || hasToken(headers);
  }

  /** Returns whether an action may be done: by the own page, or with the token. */
  boolean mayAct(Headers headers) {
    return headers.getFirst("Origin") != null || hasToken(headers);
  }

  boolean hasToken(Headers headers) {
    String given = headers.getFirst("Authorization");
    return given != null
        && given.startsWith(BEARER)
        && MessageDigest.isEqual(
            given.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8), token);
  }
}
