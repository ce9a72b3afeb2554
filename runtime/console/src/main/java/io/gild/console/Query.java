package io.gild.console;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request.
 *
 * @param values texts by names; of two with one name, the first counts
 */
record Query(Map<String, String> values) {

  private static final int MOST = 64;

  /** Reads the part of a URL behind the question mark. */
  static Query of(@Nullable String raw) {
    Map<String, String> values = new LinkedHashMap<>();
    if (raw == null || raw.isEmpty()) {
      return new Query(values);
    }
    for (String part : raw.split("&", MOST + 1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      String value = equals < 0 ? "" : part.substring(equals + 1);
      values.putIfAbsent(decoded(name), decoded(value));
    }
    return new Query(values);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException wrong) {
      throw new BadRequest("the query has \"" + text + "\", which is not percent-encoded");
    }
  }

  /** Returns a text; empty if it is absent. */
  String text(String name) {
    return values.getOrDefault(name, "");
  }

  /** Returns a whole number. */
  long number(String name, long otherwise) {
    String text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException wrong) {
      throw new BadRequest(name + " must be a whole number, but is \"" + text + "\"");
    }
  }

  /** Returns a number. */
  double decimal(String name, double otherwise) {
    String text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException wrong) {
      // as one that is not finite
    }
    throw new BadRequest(name + " must be a number, but is \"" + text + "\"");
  }

  /** A request that cannot be answered; the message has the reason and the remedy. */
  static final class BadRequest extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    BadRequest(String message) {
      super(message);
    }
  }
}
