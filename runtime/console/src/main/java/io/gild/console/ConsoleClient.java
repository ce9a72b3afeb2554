package io.gild.console;

import io.gild.config.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks the console of another JVM.
 *
 * @param base its address, without a slash at the end
 * @param token what it needs; {@code null} if it needs none
 */
record ConsoleClient(String base, @Nullable String token) {

  private static final int CONNECT_MILLIS = 1_000;
  private static final int READ_MILLIS = 5_000;

  /** A console that answered with a problem. */
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;
    private final int status;

    Refused(int status, String message) {
      super(message);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  Map<String, @Nullable Object> get(String path) throws IOException {
    return answer(open(path));
  }

  Map<String, @Nullable Object> post(String path, Map<String, ?> body) throws IOException {
    HttpURLConnection connection = open(path);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setRequestProperty("X-Gild-Action", "1");
    try (OutputStream out = connection.getOutputStream()) {
      out.write(Json.write(body).getBytes(StandardCharsets.UTF_8));
    }
    return answer(connection);
  }

  private HttpURLConnection open(String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(base + path).toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    connection.setInstanceFollowRedirects(false);
    if (token != null) {
      connection.setRequestProperty("Authorization", "Bearer " + token);
    }
    return connection;
  }

  @SuppressWarnings("unchecked") // objects of JSON have texts for keys
  private static Map<String, @Nullable Object> answer(HttpURLConnection connection)
      throws IOException {
    int status = connection.getResponseCode();
    InputStream body =
        status >= ConsoleReply.BAD ? connection.getErrorStream() : connection.getInputStream();
    String text = body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
    Object content;
    try {
      content = Json.read(text);
    } catch (IllegalArgumentException noJson) {
      throw new IOException(connection.getURL() + " is no console of Gild", noJson);
    }
    if (!(content instanceof Map<?, ?> map)) {
      throw new IOException(connection.getURL() + " is no console of Gild");
    }
    if (status >= ConsoleReply.BAD) {
      throw new Refused(status, String.valueOf(map.get("error")));
    }
    return (Map<String, @Nullable Object>) map;
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static String query(Query query) {
    StringBuilder text = new StringBuilder();
    query
        .values()
        .forEach((name, value) ->
            text.append(text.isEmpty() ? "?" : "&")
                .append(encoded(name))
                .append('=')
                .append(encoded(value)));
    return text.toString();
  }
}
