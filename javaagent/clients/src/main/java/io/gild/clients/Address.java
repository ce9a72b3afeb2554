package io.gild.clients;

import org.jspecify.annotations.Nullable;

/**
 * The content of a {@code Host} header.
 *
 * @param host name of the server; empty if unknown
 * @param port its port, or -1 for the default port
 */
record Address(String host, int port) {

  static Address of(@Nullable String text) {
    if (text == null) {
      return new Address("", -1);
    }
    int colon = text.lastIndexOf(':');
    if (colon < 0 || colon < text.indexOf(']')) {
      return new Address(text, -1);
    }
    try {
      return new Address(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException none) {
      return new Address(text, -1);
    }
  }
}
