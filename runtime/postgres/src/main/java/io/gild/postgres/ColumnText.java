package io.gild.postgres;

import io.gild.config.Experimental;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The form of any text in a column: PostgreSQL has neither the character 0 nor halves of surrogate
 * pairs, and its indexes have no long texts. Two texts never have the same form.
 */
@Experimental
public final class ColumnText {

  /** Longer keys are hashed: an entry of an index must be shorter than 2,700 bytes. */
  private static final int LONGEST_KEY = 200;

  private static final char ESCAPE = '\\';
  private static final String HASH = "\\#";
  private static final int HEX_DIGITS = 4;

  private ColumnText() {}

  /**
   * Returns the form of a text that is compared, and not read.
   *
   * @param text the text
   * @return its form; a hash if it is long
   */
  public static String key(String text) {
    String escaped = escaped(text);
    return escaped.length() <= LONGEST_KEY ? escaped : HASH + hash(escaped);
  }

  /**
   * Returns the form of a text of any length.
   *
   * @param text the text
   * @return its form
   */
  public static String escaped(String text) {
    StringBuilder escaped = null;
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      boolean special = each == 0 || each == ESCAPE || isLone(text, i);
      if (special && escaped == null) {
        escaped = new StringBuilder(text.length() + HEX_DIGITS).append(text, 0, i);
      }
      if (escaped != null && special) {
        escaped.append(ESCAPE).append(HexFormat.of().toHexDigits(each));
      } else if (escaped != null) {
        escaped.append(each);
      }
    }
    return escaped == null ? text : escaped.toString();
  }

  private static boolean isLone(String text, int at) {
    char each = text.charAt(at);
    if (Character.isHighSurrogate(each)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(each)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  /**
   * Returns the text of a form.
   *
   * @param key the form
   * @return the text; {@code null} if it was hashed
   */
  public static @Nullable String text(String key) {
    if (key.startsWith(HASH)) {
      return null;
    }
    StringBuilder text = new StringBuilder(key.length());
    for (int i = 0; i < key.length(); i++) {
      char each = key.charAt(i);
      if (each == ESCAPE) {
        text.append((char) HexFormat.fromHexDigits(key, i + 1, i + 1 + HEX_DIGITS));
        i += HEX_DIGITS;
      } else {
        text.append(each);
      }
    }
    return text.toString();
  }

  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
