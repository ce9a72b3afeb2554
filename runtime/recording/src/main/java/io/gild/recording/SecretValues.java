package io.gild.recording;

import org.jspecify.annotations.Nullable;

/** Finds the end of a value, quoted or bare, that follows a name. */
final class SecretValues {

  private static final int MOST_BACKSLASHES = 16;
  private static final int LONGEST_NAME = 64;
  private static final String[] HTML_QUOTES = {"&quot;", "&#34;", "&#39;", "&apos;"};
  private static final String[] NOTHING = {"null", "true", "false", "none", "undefined"};

  private SecretValues() {}

  /**
   * A quotation mark, possibly after backslashes.
   *
   * @param backslashes how many
   * @param mark the mark; may be an HTML entity
   * @param end where the quoted text begins
   */
  record Quote(int backslashes, String mark, int end) {

    /** Returns where the mark that closes this one begins; -1 if the line ends before. */
    int close(CharSequence text, int most) {
      int before = 0;
      for (int i = end; i < most && text.charAt(i) != '\n'; i++) {
        if (Scan.startsWith(text, i, mark) && closes(before)) {
          boolean doubled =
              before == 0 && i > end && Scan.startsWith(text, i + mark.length(), mark);
          if (!doubled) {
            return i - Math.min(before, backslashes);
          }
          i += mark.length();
        }
        before = text.charAt(i) == '\\' ? before + 1 : 0;
      }
      return -1;
    }

    /**
     * Returns whether a mark after this number of backslashes closes at this depth of quotation.
     */
    private boolean closes(int before) {
      int left = before;
      for (int depth = backslashes; depth > 0; depth /= 2) {
        if (left % 2 == 0) {
          return true;
        }
        left /= 2;
      }
      return left % 2 == 0;
    }
  }

  /** Returns the mark that opens at a position; null if there is none. */
  static @Nullable Quote open(CharSequence text, int from) {
    int at = from;
    while (at - from < MOST_BACKSLASHES && Scan.at(text, at) == '\\') {
      at++;
    }
    if (Scan.isQuote(Scan.at(text, at))) {
      char mark = text.charAt(at);
      boolean doubled = Scan.at(text, at + 1) == mark && Scan.isAlnum(Scan.at(text, at + 2));
      return doubled // as CSV writes a quotation mark inside of a cell
          ? new Quote(at - from, String.valueOf(new char[] {mark, mark}), at + 2)
          : new Quote(at - from, String.valueOf(mark), at + 1);
    }
    for (String mark : HTML_QUOTES) {
      if (at == from && Scan.startsWith(text, at, mark)) {
        return new Quote(0, mark, at + mark.length());
      }
    }
    return null;
  }

  static int endOfLine(CharSequence text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  /** Returns the end of a bare value: of a word, or of text between punctuation. */
  static int bareEnd(CharSequence text, int from) {
    int at = behindReference(text, from);
    while (at < text.length() && !ends(text, at, from)) {
      at++;
    }
    while (at > from && ".?!:,;".indexOf(text.charAt(at - 1)) >= 0) {
      at--;
    }
    return at;
  }

  /** Returns the end of <code>${NAME}</code>; the beginning if there is no such end. */
  private static int behindReference(CharSequence text, int from) {
    if (!Scan.startsWith(text, from, "${")) {
      return from;
    }
    int at = from + 2;
    while (at - from < LONGEST_NAME && (isOfName(Scan.at(text, at)) || Scan.at(text, at) == ':')) {
      at++;
    }
    return Scan.at(text, at) == '}' ? at + 1 : from;
  }

  private static boolean ends(CharSequence text, int at, int from) {
    char c = text.charAt(at);
    if (Scan.isSpace(c)) {
      return true;
    }
    return switch (c) {
      case '<', '>', '«' -> true;
      case '"', '\'', '`' -> at == from || !Scan.isAlnum(Scan.at(text, at + 1));
      case '\\' -> endsAtEscape(text, at);
      case '&' -> isNamed(text, at + 1) || isEntity(text, at);
      case ',', ';' -> isNamed(text, at + 1) || isOver(Scan.at(text, at + 1));
      case '}', ']', ')' -> isOver(Scan.at(text, at + 1));
      default -> false;
    };
  }

  private static boolean isOver(char c) {
    return Scan.isSpace(c) || Scan.isQuote(c) || ",;.}])\\".indexOf(c) >= 0;
  }

  private static boolean isEntity(CharSequence text, int at) {
    for (String mark : HTML_QUOTES) {
      if (Scan.startsWith(text, at, mark)) {
        return true;
      }
    }
    return Scan.startsWith(text, at, "&lt;") || Scan.startsWith(text, at, "&gt;");
  }

  /** A quotation mark after backslashes ends a value, unless the value continues after it. */
  private static boolean endsAtEscape(CharSequence text, int from) {
    int at = from;
    while (at - from < MOST_BACKSLASHES && Scan.at(text, at) == '\\') {
      at++;
    }
    return Scan.isQuote(Scan.at(text, at)) && !Scan.isAlnum(Scan.at(text, at + 1));
  }

  /** Returns whether a name and a separator follow, as in {@code a=1,b=2}. */
  private static boolean isNamed(CharSequence text, int from) {
    int at = from;
    while (at - from < 2 && Scan.at(text, at) == ' ') {
      at++;
    }
    int start = at;
    while (at - start < LONGEST_NAME && isOfName(Scan.at(text, at))) {
      at++;
    }
    char after = Scan.at(text, at);
    return at > start && (after == '=' || after == ':');
  }

  static boolean isOfName(char c) {
    return Scan.isAlnum(c) || c == '_' || c == '-' || c == '.';
  }

  /** Returns whether a value is a reference to another value, or a placeholder for none. */
  static boolean isNoSecret(CharSequence text, int from, int to) {
    if (from >= to || Spans.placeholderEnd(text, from) == to) {
      return true;
    }
    for (String word : NOTHING) {
      if (to - from == word.length() && Scan.startsWithIgnoringCase(text, from, word)) {
        return true;
      }
    }
    if (Scan.startsWith(text, from, "${") || Scan.startsWith(text, from, "{{")) {
      return text.charAt(to - 1) == '}';
    }
    return isMasked(text, from, to);
  }

  private static boolean isMasked(CharSequence text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '*' && text.charAt(i) != '•') {
        return false;
      }
    }
    return true;
  }
}
