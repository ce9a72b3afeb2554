package io.gild.cost;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Converts texts that differ only in form to one form: Unicode NFKC, lower case, runs of white
 * space as one blank, no punctuation at the end.
 */
final class TextNormalizer {

  private TextNormalizer() {}

  static String normalize(String text) {
    String composed =
        isAscii(text) || Normalizer.isNormalized(text, Normalizer.Form.NFKC)
            ? text
            : Normalizer.normalize(text, Normalizer.Form.NFKC);
    StringBuilder normal = new StringBuilder(composed.length());
    boolean blank = false;
    for (int i = 0; i < composed.length(); i++) {
      char c = composed.charAt(i);
      if (Character.isWhitespace(c)) {
        blank = normal.length() > 0;
      } else {
        if (blank) {
          normal.append(' ');
          blank = false;
        }
        normal.append(c);
      }
    }
    int end = normal.length();
    while (end > 1 && isClosing(normal.charAt(end - 1))) {
      end--;
    }
    return normal.substring(0, end).toLowerCase(Locale.ROOT).stripTrailing();
  }

  /** Plain text is already normalized, and this check is much cheaper. */
  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static boolean isClosing(char c) {
    return c == '.' || c == '!' || c == '?' || c == ' ' || c == ';' || c == ',';
  }
}
