package io.gild.recording;

/** Reads characters of a text; no method reads more characters than its limit. */
final class Scan {

  private Scan() {}

  static boolean startsWith(CharSequence text, int at, String prefix) {
    if (at < 0 || at + prefix.length() > text.length()) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      if (text.charAt(at + i) != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static boolean startsWithIgnoringCase(CharSequence text, int at, String lowerCase) {
    if (at < 0 || at + lowerCase.length() > text.length()) {
      return false;
    }
    for (int i = 0; i < lowerCase.length(); i++) {
      if (Character.toLowerCase(text.charAt(at + i)) != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the character at a position; NUL outside of the text. */
  static char at(CharSequence text, int at) {
    return at >= 0 && at < text.length() ? text.charAt(at) : 0;
  }

  /** Returns where spaces and tabs end, up to a maximum number. */
  static int blanks(CharSequence text, int from, int most) {
    int at = from;
    while (at - from < most && (at(text, at) == ' ' || at(text, at) == '\t')) {
      at++;
    }
    return at;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  static boolean isAlnum(char c) {
    return isLetter(c) || isDigit(c);
  }

  static boolean isHex(char c) {
    return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
  }

  /**
   * Returns whether a character ends a line or is a space; NUL, the end of the text, counts as one.
   */
  static boolean isSpace(char c) {
    return c <= ' ' || c == '\u0085' || c == '\u00a0' || c == '\u2028' || c == '\u2029';
  }

  static boolean isQuote(char c) {
    return c == '"' || c == '\'' || c == '`';
  }

  /** Returns whether a word may begin at a place, also after an escape such as {@code \n}. */
  static boolean isBoundary(CharSequence text, int at) {
    char before = at(text, at - 1);
    if (!isAlnum(before)) {
      return true;
    }
    if ("nrtbf".indexOf(before) >= 0 && at(text, at - 2) == '\\') {
      return true;
    }
    return isHex(before)
        && (at(text, at - 3) == '%' || at(text, at - 5) == 'u' && at(text, at - 6) == '\\');
  }
}
