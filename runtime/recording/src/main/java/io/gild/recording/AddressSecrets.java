package io.gild.recording;

/** Finds private keys, and passwords in addresses: {@code postgres://ada:hunter2@db/acme}. */
final class AddressSecrets {

  private static final String BEGIN = "-----BEGIN ";
  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final String END = "-----END ";
  private static final int TITLE = 60;

  /** The longest password with a slash; text before a path is shorter. */
  private static final int LONGEST_PASSWORD = 256;

  private static final int SHORTEST_TOKEN = 20;

  private AddressSecrets() {}

  static void find(CharSequence text, Spans into) {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = at;
      if (c == ':' && Scan.startsWith(text, at, "://")) {
        end = authority(text, at + 3, into);
      } else if (c == ':' && isOracle(text, at)) {
        end = oracle(text, at + 1, into);
      } else if (c == '-' && Scan.startsWith(text, at, BEGIN)) {
        end = privateKey(text, at, into);
      }
      at = Math.max(at + 1, end);
    }
  }

  private static int privateKey(CharSequence text, int at, Spans into) {
    int title = at + BEGIN.length();
    int most = Math.min(text.length(), title + TITLE);
    for (int i = title; i < most; i++) {
      if (Scan.startsWith(text, i, PRIVATE_KEY)) {
        int end = endOfKey(text, i);
        into.add(text, at, end);
        return end;
      }
    }
    return at;
  }

  /** Returns the end of the line that ends a key; the end of the text if there is no such line. */
  private static int endOfKey(CharSequence text, int from) {
    int at = from;
    while (at < text.length() && !Scan.startsWith(text, at, END)) {
      at++;
    }
    at = Math.min(text.length(), at + END.length());
    int most = Math.min(text.length(), at + TITLE);
    while (at < most && !Scan.startsWith(text, at, "-----")) {
      at++;
    }
    return Math.min(text.length(), at + "-----".length());
  }

  /** Reads the part between a scheme and a path; returns its end. */
  private static int authority(CharSequence text, int from, Spans into) {
    int sign = -1;
    int colon = -1;
    int query = -1;
    int at = from;
    for (; at < text.length() && isOfAuthority(text.charAt(at)); at++) {
      char c = text.charAt(at);
      if (c == '@') {
        sign = at;
      } else if (c == ':' && colon < 0) {
        colon = at;
      } else if (c == '?' && colon < 0) {
        query = at;
      }
    }
    if (query >= 0) {
      return at;
    }
    if (colon > 0 && at > colon + 1 && !isHost(text, colon, sign, at)) {
      sign = Math.max(sign, signBehindSlash(text, at));
    }
    if (sign < 0) {
      return at;
    }
    if (colon >= 0 && colon < sign) {
      into.add(text, colon + 1, sign);
    } else if (sign - from >= SHORTEST_TOKEN && isToken(text, from, sign)) {
      into.add(text, from, sign);
    }
    return Math.max(at, sign);
  }

  private static boolean isOfAuthority(char c) {
    return !Scan.isSpace(c) && !Scan.isQuote(c) && c != '/' && c != '<' && c != '>' && c != '\\';
  }

  /** Returns whether the last part is a host or its port, not the beginning of a password. */
  private static boolean isHost(CharSequence text, int colon, int sign, int to) {
    if (sign < colon) {
      return isPort(text, colon + 1, to);
    }
    for (int i = sign + 1; i < to; i++) {
      char c = text.charAt(i);
      if (c == '.' || c == ':' || c == '[') {
        return true;
      }
    }
    return Scan.startsWith(text, sign + 1, "localhost");
  }

  private static boolean isPort(CharSequence text, int from, int to) {
    for (int i = from; i < Math.min(to, from + 6); i++) {
      if (!Scan.isDigit(text.charAt(i))) {
        return i > from
            && (text.charAt(i) == ',' || text.charAt(i) == '.' || text.charAt(i) == ';');
      }
    }
    return true;
  }

  private static int signBehindSlash(CharSequence text, int from) {
    int most = Math.min(text.length(), from + LONGEST_PASSWORD);
    for (int i = from; i < most; i++) {
      char c = text.charAt(i);
      if (c == '@') {
        return i;
      }
      if (Scan.isSpace(c) || Scan.isQuote(c) || c == '<' || c == '>' || c == '?') {
        return -1;
      }
    }
    return -1;
  }

  private static boolean isToken(CharSequence text, int from, int to) {
    boolean digits = false;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      digits |= Scan.isDigit(c);
      if (!Scan.isAlnum(c) && c != '_' && c != '-') {
        return false;
      }
    }
    return digits;
  }

  /** Oracle writes {@code jdbc:oracle:thin:scott/tiger@host}. */
  private static boolean isOracle(CharSequence text, int at) {
    return Scan.startsWithIgnoringCase(text, at - 4, "thin")
        || Scan.startsWithIgnoringCase(text, at - 3, "oci");
  }

  private static int oracle(CharSequence text, int from, Spans into) {
    int slash = -1;
    int most = Math.min(text.length(), from + LONGEST_PASSWORD);
    for (int i = from; i < most; i++) {
      char c = text.charAt(i);
      if (c == '@') {
        if (slash > 0) {
          into.add(text, slash + 1, i);
        }
        return i;
      }
      if (Scan.isSpace(c) || Scan.isQuote(c)) {
        return from;
      }
      slash = c == '/' && slash < 0 ? i : slash;
    }
    return from;
  }
}
