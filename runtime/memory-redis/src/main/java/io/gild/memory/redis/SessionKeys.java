package io.gild.memory.redis;

import io.gild.memory.SessionKey;
import java.util.HexFormat;
import java.util.List;

/**
 * Names of keys. A session's keys have its whole name in braces, so that a cluster has all of them
 * on one node; no name of a tenant, agent or session leads to the keys of another.
 *
 * @param prefix begins every key
 */
record SessionKeys(String prefix) {

  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";

  /** Returns the keys of a session, the one that exists as long as the session first. */
  List<String> of(SessionKey key) {
    String name = prefix + "{" + name(key) + "}:";
    return List.of(name + "head", name + "order", name + "messages", name + "gone");
  }

  String head(String name) {
    return prefix + "{" + name + "}:head";
  }

  /** Returns the key of all tenants, and that of the sessions of one. */
  List<String> index(String tenant) {
    return List.of(tenants(), prefix + "{index}:sessions:" + encode(tenant));
  }

  String tenants() {
    return prefix + "{index}:tenants";
  }

  /** Returns all parts of a key in one text. */
  static String name(SessionKey key) {
    return encode(key.tenant()) + ":" + encode(key.agent()) + ":" + encode(key.session());
  }

  /** Reads what {@link #name} returned. */
  static SessionKey key(String name) {
    String[] parts = name.split(":", 3);
    return new SessionKey(decode(parts[0]), decode(parts[1]), decode(parts[2]));
  }

  /** Returns the text in ASCII, without colons and braces. */
  static String encode(String text) {
    StringBuilder name = new StringBuilder(text.length());
    HexFormat hex = HexFormat.of();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (PLAIN.indexOf(character) >= 0) {
        name.append(character);
      } else if (character < 0x100) {
        name.append('%').append(hex.toHexDigits((byte) character));
      } else {
        name.append("%u").append(hex.toHexDigits(character));
      }
    }
    return name.toString();
  }

  /** Reads what {@link #encode} returned. */
  static String decode(String name) {
    StringBuilder text = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char character = name.charAt(i);
      if (character == '%') {
        int start = name.charAt(i + 1) == 'u' ? i + 2 : i + 1;
        int end = start == i + 2 ? i + 6 : i + 3;
        text.append((char) HexFormat.fromHexDigits(name, start, end));
        i = end - 1;
      } else {
        text.append(character);
      }
    }
    return text.toString();
  }
}
