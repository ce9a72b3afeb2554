package io.gild.semantic;

import java.text.Normalizer;
import java.util.Locale;

/** Texts in one form: Unicode NFKC, without invisible characters, runs of white space as blanks. */
final class QuestionText {

  private QuestionText() {}

  /** Returns whether a text contains characters that are written to mislead, not to be read. */
  static boolean isSuspicious(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean control = Character.isISOControl(c) && !Character.isWhitespace(c);
      boolean direction = c >= '\u202A' && c <= '\u202E' || c >= '\u2066' && c <= '\u2069';
      if (control || direction || isUnpaired(text, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUnpaired(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  /** Returns the text with its capitals and punctuation. */
  static String composed(String text) {
    String composed = Normalizer.normalize(text, Normalizer.Form.NFKC);
    StringBuilder visible = new StringBuilder(composed.length());
    boolean blank = false;
    for (int i = 0; i < composed.length(); i++) {
      char c = composed.charAt(i);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        blank = visible.length() > 0;
      } else if (Character.getType(c) != Character.FORMAT) {
        if (blank) {
          visible.append(' ');
          blank = false;
        }
        visible.append(c == '\u2019' ? '\'' : c);
      }
    }
    return visible.toString();
  }

  /** Returns the text in lower case without punctuation at its end. */
  static String normal(String text) {
    String lower = composed(text).toLowerCase(Locale.ROOT);
    int end = lower.length();
    while (end > 0 && ".!?;, ".indexOf(lower.charAt(end - 1)) >= 0) {
      end--;
    }
    return lower.substring(0, end);
  }
}
