package io.gild.console;

import io.gild.config.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the console.
 *
 * @param status the HTTP status
 * @param type the media type
 * @param body the content
 * @param file name of the file that a browser stores it in; empty if it shows it
 */
record ConsoleReply(int status, String type, byte[] body, String file) {

  static final int OK = 200;
  static final int BAD = 400;
  static final int UNAUTHORIZED = 401;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int NOT_ALLOWED = 405;
  static final int FAILED = 500;
  static final int BAD_GATEWAY = 502;
  static final int BUSY = 503;

  static ConsoleReply json(int status, Map<String, ? extends @Nullable Object> content) {
    return new ConsoleReply(
        status,
        "application/json; charset=utf-8",
        Json.write(content).getBytes(StandardCharsets.UTF_8),
        "");
  }

  static ConsoleReply problem(int status, String problem) {
    Map<String, @Nullable Object> content = new LinkedHashMap<>();
    content.put("error", problem);
    if (status == UNAUTHORIZED) {
      content.put("token", true);
    }
    return json(status, content);
  }

  static ConsoleReply page(String html) {
    return new ConsoleReply(
        OK, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8), "");
  }

  static ConsoleReply file(String name, String type, String text) {
    return new ConsoleReply(OK, type, text.getBytes(StandardCharsets.UTF_8), name);
  }
}
