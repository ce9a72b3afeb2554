package io.gild.smoke;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Reads and joins addresses. */
final class Addresses {

  private Addresses() {}

  /**
   * Reads an address.
   *
   * @param subject what it is the address of, for the message
   * @throws SmokeException if it is not one of HTTP
   */
  static URI read(String text, String subject) {
    URI uri;
    try {
      uri = new URI(text.strip());
    } catch (URISyntaxException wrong) {
      throw wrong(text, subject);
    }
    boolean http = "http".equalsIgnoreCase(uri.getScheme());
    boolean https = "https".equalsIgnoreCase(uri.getScheme());
    if (!http && !https || uri.getHost() == null || uri.getRawUserInfo() != null) {
      throw wrong(text, subject);
    }
    return uri;
  }

  private static SmokeException wrong(String text, String subject) {
    return new SmokeException(
        subject
            + " must be an http or https address without user and password, such as"
            + " http://127.0.0.1:8080, but is \""
            + (text.contains("@") ? "(not shown)" : text)
            + "\"");
  }

  /** Joins an address and a path that begins with a slash and may have a query. */
  static URI join(URI base, String path) {
    String text = base.toString();
    int end = text.length();
    int query = text.indexOf('?');
    int fragment = text.indexOf('#');
    end = query >= 0 ? query : end;
    end = fragment >= 0 ? Math.min(end, fragment) : end;
    String front = text.substring(0, end);
    while (front.endsWith("/")) {
      front = front.substring(0, front.length() - 1);
    }
    try {
      return new URI(front + path);
    } catch (URISyntaxException wrong) {
      throw new SmokeException(
          "the path must be one of a URL, such as /answer, but is \"" + path + "\"", wrong);
    }
  }

  /** Returns whether an address is one of this machine. */
  static boolean isLocal(@Nullable URI address) {
    if (address == null || address.getHost() == null) {
      return false;
    }
    try {
      return InetAddress.getByName(address.getHost()).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }
}
