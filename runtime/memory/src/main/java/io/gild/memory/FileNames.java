package io.gild.memory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names of files for any text, so that no name reaches another folder and two texts never share a
 * file, on systems that ignore case, too.
 */
final class FileNames {

  /** The longest part of a name that can be read; longer texts end in a hash. */
  private static final int MOST_READABLE = 80;

  private static final String PLAIN = "abcdefghijklmnopqrstuvwxyz0123456789-_";

  private FileNames() {}

  /**
   * Returns a name of a text: {@code ~} for an empty one, {@code Ann B.} is {@code %41nn%20%42%2e}.
   */
  static String of(String text) {
    if (text.isEmpty()) {
      return "~";
    }
    StringBuilder name = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (each & 0xff);
      if (PLAIN.indexOf(character) >= 0) {
        name.append(character);
      } else {
        name.append('%').append(HexFormat.of().toHexDigits(each));
      }
    }
    return name.length() <= MOST_READABLE
        ? name.toString()
        : name.substring(0, MOST_READABLE) + "~" + hash(text);
  }

  static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
