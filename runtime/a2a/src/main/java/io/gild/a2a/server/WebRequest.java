package io.gild.a2a.server;

import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request of HTTP.
 *
 * @param method such as {@code POST}
 * @param path the path as it was sent, without the query
 * @param query the query as it was sent; empty if there is none
 * @param headers values by lower-case names
 * @param body the body; empty if there is none
 * @param tooLarge whether the body was too large and is not here
 */
record WebRequest(
    String method,
    String path,
    String query,
    Map<String, List<String>> headers,
    byte[] body,
    boolean tooLarge) {

  /**
   * Creates the request of an exchange.
   *
   * @param body the body, or {@code null} if it was too large
   */
  static WebRequest of(HttpExchange exchange, byte @Nullable [] body) {
    URI uri = exchange.getRequestURI();
    Map<String, List<String>> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    return new WebRequest(
        exchange.getRequestMethod(),
        uri.getRawPath(),
        Objects.requireNonNullElse(uri.getRawQuery(), ""),
        headers,
        body == null ? new byte[0] : body,
        body == null);
  }

  /** Returns the values of a header joined by commas, or null if it is absent. */
  @Nullable String header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null ? null : String.join(",", values);
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * Reads the parameters of the query.
   *
   * @return the first value of each name
   * @throws IllegalArgumentException if an escape is broken
   */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      if (!name.isEmpty()) {
        parameters.putIfAbsent(decode(name), decode(value));
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
