package io.gild.a2a.server;

import io.gild.a2a.A2aPushConfig;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides where push notifications may go: clients choose the address, so that the server's own
 * network must be out of their reach.
 *
 * <p>A name is resolved at each connection, and only the address that was checked is connected to.
 */
final class PushAddresses {

  /** Finds the addresses of a name. */
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /** An address that must not be connected to. */
  static final class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e\\x80-\\xff ]*");
  private static final int MOST_TEXT = 8_192;

  private final boolean allowsPrivate;
  private final Resolver resolver;

  PushAddresses(boolean allowsPrivate, Resolver resolver) {
    this.allowsPrivate = allowsPrivate;
    this.resolver = resolver;
  }

  /**
   * Checks a configuration without resolving its name.
   *
   * @throws IllegalArgumentException if it breaks a rule
   */
  void check(A2aPushConfig config) {
    URI uri = uri(config.url());
    String host = host(uri);
    if (!allowsPrivate && (isLocalName(host) || isLiteral(host) && isPrivate(literal(host)))) {
      throw new IllegalArgumentException(
          "url must not be an address of a private network, but is \"" + config.url() + "\"");
    }
    require(config.token(), "token");
    require(config.scheme(), "authentication.scheme");
    require(config.credentials(), "authentication.credentials");
  }

  static URI uri(String url) {
    try {
      URI uri = new URI(url);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if ((scheme.equals("http") || scheme.equals("https"))
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException invalid) {
      // The message below is the answer.
    }
    throw new IllegalArgumentException(
        "url must be https://HOST/PATH without a user and a fragment, but is \"" + url + "\"");
  }

  static String host(URI uri) {
    String host = uri.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** Returns the address to connect to. */
  InetAddress resolve(String host) throws IOException {
    for (InetAddress address : resolver.resolve(host)) {
      if (allowsPrivate || !isPrivate(address)) {
        return address;
      }
    }
    throw new RefusedException(
        host + " is an address of a private network; set a2a.push.allow-private to push there");
  }

  private static void require(@Nullable String value, String name) {
    if (value != null && (value.length() > MOST_TEXT || !PRINTABLE.matcher(value).matches())) {
      throw new IllegalArgumentException(
          name + " must be up to " + MOST_TEXT + " printable characters");
    }
  }

  private static boolean isLocalName(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.equals("localhost") || lower.endsWith(".localhost");
  }

  private static boolean isLiteral(String host) {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
  }

  private static InetAddress literal(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException invalid) {
      throw new IllegalArgumentException("url has the invalid address " + host, invalid);
    }
  }

  static boolean isPrivate(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return true;
    }
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if (address instanceof Inet4Address) {
      return first == 0
          || first == 100 && second >= 64 && second < 128 // shared by carriers
          || first == 192 && second == 0 && bytes[2] == 0
          || first == 198 && (second == 18 || second == 19)
          || first >= 240;
    }
    return (first & 0xfe) == 0xfc // unique local
        || first == 0x20 && second == 0x02 // 6to4, which contains an address of version 4
        || first == 0x00 && second == 0x64 // NAT64, likewise
        || first == 0x20 && second == 0x01 && bytes[2] == 0 && bytes[3] == 0 // Teredo, likewise
        || isAllZero(bytes, 12); // the old form of version 4
  }

  private static boolean isAllZero(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
