package io.gild.traffic;

import java.util.Map;

/**
 * One line of {@code show stat}: a server, or a backend as a whole.
 *
 * @param fields the fields by the names of the header
 */
record HaproxyServerLine(Map<String, String> fields) {

  private static final String BACKEND = "BACKEND";

  String text(String field) {
    return fields.getOrDefault(field, "");
  }

  /** Returns a number; zero for a field that this HAProxy does not have, or leaves empty. */
  long number(String field) {
    try {
      return Long.parseLong(text(field));
    } catch (NumberFormatException none) {
      return 0;
    }
  }

  String backend() {
    return text("pxname");
  }

  String server() {
    return text("svname");
  }

  boolean isBackend() {
    return server().equals(BACKEND);
  }

  /** Returns such as {@code UP}, {@code UP 1/3}, {@code DOWN}, {@code DRAIN}, {@code no check}. */
  String status() {
    return text("status");
  }

  /**
   * Returns the weight that was set, 0 to 256; it applies unless the state of the server prevents
   * it.
   */
  int weight() {
    return (int) number(text("uweight").isEmpty() ? "weight" : "uweight");
  }

  boolean isDown() {
    return status().startsWith("DOWN") || status().startsWith("NOLB");
  }

  boolean isInMaintenance() {
    return status().startsWith("MAINT");
  }

  /** Returns the weight that calls are distributed by, if the server is up. */
  int effectiveWeight() {
    return status().startsWith("DRAIN") || isInMaintenance() ? 0 : weight();
  }

  boolean isBackup() {
    return number("bck") > 0;
  }
}
