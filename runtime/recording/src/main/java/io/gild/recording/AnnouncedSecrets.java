package io.gild.recording;

import io.gild.recording.SecretValues.Quote;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/**
 * Finds secrets after a name that announces them: {@code password=…}, {@code "api_key": "…"},
 * {@code Authorization: Basic …}, {@code <password>…}, {@code --token …}, {@code curl -u ada:…}.
 *
 * <p>One pass over a text. Lookaheads are bounded, and a value is never read twice, so that the
 * time is linear for every text.
 */
final class AnnouncedSecrets {

  private static final int MOST_BLANKS = 3;
  private static final int LONGEST_TAG = 256;
  private static final int LONGEST_PAIR_NAME = 80;
  private static final int LONGEST_BASIC = 4_096;
  private static final int SHORTEST_TOKEN = 4;
  private static final int SHORTEST_BEARER = 8;
  private static final int SHORTEST_SIGNATURE = 16;

  private static final Set<String> PAIR_NAMES =
      Set.of("name", "key", "header", "property", "id", "variable", "field", "k");
  private static final Set<String> PAIR_VALUES = Set.of("value", "val", "values", "v");
  private static final Set<String> USERS = Set.of("-u", "--user", "--proxy-user", "-U");
  private static final Set<String> SCHEMES =
      Set.of("basic", "bearer", "token", "apikey", "api-key", "key", "negotiate", "ntlm", "jwt");
  private static final Set<String> LONG_SCHEMES =
      Set.of("digest", "hmac", "oauth", "signature", "hawk", "aws4-hmac-sha256");

  private final CharSequence text;
  private final Spans found;

  private AnnouncedSecrets(CharSequence text, Spans found) {
    this.text = text;
    this.found = found;
  }

  static void find(CharSequence text, Spans into) {
    new AnnouncedSecrets(text, into).walk();
  }

  private void walk() {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '<') {
        at = Math.max(at + 1, element(at));
      } else if (SecretValues.isOfName(c)) {
        int end = at;
        while (end < text.length() && SecretValues.isOfName(text.charAt(end))) {
          end++;
        }
        at = Math.max(end, behindName(at, end));
      } else {
        at = Math.max(at + 1, Spans.placeholderEnd(text, at));
      }
    }
  }

  /** Reads the value after a name; returns its end, or the end of the name if there is no value. */
  private int behindName(int from, int end) {
    int value = behindSeparator(end);
    if (value < 0) {
      return behindWord(from, end);
    }
    SecretName name = SecretName.of(text, from, end);
    boolean equals = text.charAt(lastSeparator(value)) == '=' || isEncodedEquals(value);
    return switch (name) {
      case NONE -> pair(from, end, value);
      case QUERY ->
          SecretValues.open(text, value) == null
              ? value(name, value, equals)
              : pair(from, end, value);
      case HEADER -> header(value);
      default -> value(name, value, equals);
    };
  }

  /** Returns where a value begins after quotation mark, bracket, spaces and separator; or -1. */
  private int behindSeparator(int end) {
    int at = end;
    Quote quote = SecretValues.open(text, at);
    at = quote == null ? at : quote.end();
    at = quote != null && Scan.startsWith(text, at, quote.mark()) ? at + 1 : at; // of CSV
    at = Scan.at(text, at) == ']' ? at + 1 : at;
    at = Scan.blanks(text, at, MOST_BLANKS);
    char c = Scan.at(text, at);
    if (c == '%' && Scan.startsWithIgnoringCase(text, at, "%3d")) {
      return at + 3;
    }
    if (c != ':' && c != '=') {
      return -1;
    }
    char next = Scan.at(text, at + 1);
    if (c == ':' && (next == ':' || next == '/' && Scan.at(text, at + 2) == '/')) {
      return -1;
    }
    at += c == ':' && next == '=' || c == '=' && (next == '>' || next == '=') ? 2 : 1;
    return Scan.blanks(text, at, MOST_BLANKS);
  }

  private int lastSeparator(int value) {
    int at = value - 1;
    while (at > 0 && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at--;
    }
    return text.charAt(at) == '>' ? at - 1 : at;
  }

  private boolean isEncodedEquals(int value) {
    return Scan.startsWithIgnoringCase(text, value - 3, "%3d");
  }

  private int value(SecretName name, int from, boolean equals) {
    Quote quote = SecretValues.open(text, from);
    if (name == SecretName.QUERY && !equals) {
      return from;
    }
    if (quote != null) {
      int end = endOfQuoted(quote);
      if (name == SecretName.STRONG || end - quote.end() >= SHORTEST_TOKEN) {
        take(quote.end(), end);
      }
      return end;
    }
    if (Scan.at(text, from) == '[') {
      return list(name, from + 1);
    }
    if (Scan.at(text, from) == '{' && !equals || Scan.at(text, from) == '(') {
      return from;
    }
    int end = SecretValues.bareEnd(text, from);
    if (isSecret(name, from, end, equals)) {
      take(from, end);
      return end;
    }
    return Spans.placeholderEnd(text, from);
  }

  private int endOfQuoted(Quote quote) {
    int end = quote.close(text, text.length());
    return end < 0 ? SecretValues.endOfLine(text, quote.end()) : end;
  }

  /** Reads the texts of a list: {@code "passwords": ["a", "b"]}, or a bare one. */
  private int list(SecretName name, int from) {
    int at = Scan.blanks(text, from, MOST_BLANKS);
    Quote quote = SecretValues.open(text, at);
    if (quote == null) {
      return name == SecretName.HEADER ? credentials(at) : value(SecretName.WEAK, at, true);
    }
    while (quote != null) {
      int end = endOfQuoted(quote);
      take(quote.end(), end);
      at = Math.min(text.length(), end + quote.backslashes() + quote.mark().length());
      int next = Scan.blanks(text, at, MOST_BLANKS);
      if (Scan.at(text, next) != ',') {
        return at;
      }
      quote = SecretValues.open(text, Scan.blanks(text, next + 1, MOST_BLANKS));
    }
    return at;
  }

  /** Judges a bare value: after a colon it may be the next word of a sentence. */
  private boolean isSecret(SecretName name, int from, int to, boolean equals) {
    int length = to - from;
    boolean digits = has(from, to, true);
    boolean letters = has(from, to, false);
    if (name == SecretName.QUERY) {
      return length >= SHORTEST_SIGNATURE;
    }
    if (name == SecretName.STRONG) {
      return length >= (equals ? 1 : letters && !digits && isWord(from, to) ? 6 : 4);
    }
    if (!letters && length < 20) {
      return false;
    }
    return equals ? length >= 4 : length >= 6 && digits || length >= 20;
  }

  private boolean has(int from, int to, boolean digits) {
    for (int i = from; i < to; i++) {
      if (digits ? Scan.isDigit(text.charAt(i)) : !Scan.isDigit(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean isWord(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Scan.isLetter(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private void take(int from, int to) {
    if (!SecretValues.isNoSecret(text, from, to)) {
      found.add(text, from, to);
    }
  }

  private int header(int from) {
    Quote quote = SecretValues.open(text, from);
    if (quote != null) {
      int end = endOfQuoted(quote);
      take(behindScheme(quote.end(), end), end);
      return end;
    }
    return Scan.at(text, from) == '[' ? list(SecretName.HEADER, from + 1) : credentials(from);
  }

  private int behindScheme(int from, int to) {
    int end = from;
    while (end < to && SecretValues.isOfName(text.charAt(end))) {
      end++;
    }
    int value = Scan.blanks(text, end, MOST_BLANKS);
    return value > end && value < to && isScheme(from, end) ? value : from;
  }

  private boolean isScheme(int from, int to) {
    String scheme = word(from, to);
    return SCHEMES.contains(scheme) || LONG_SCHEMES.contains(scheme);
  }

  private String word(int from, int to) {
    return to - from > 20 ? "" : text.subSequence(from, to).toString().toLowerCase(Locale.ROOT);
  }

  /** Reads bare credentials: of a known scheme, or a word, or cookies. */
  private int credentials(int from) {
    int word = from;
    while (word < text.length() && SecretValues.isOfName(text.charAt(word))) {
      word++;
    }
    int value = Scan.blanks(text, word, MOST_BLANKS);
    boolean scheme = value > word && isScheme(from, word);
    int start = scheme ? value : from;
    int end = SecretValues.bareEnd(text, start);
    boolean several = scheme ? LONG_SCHEMES.contains(word(from, word)) : hasEquals(start, end);
    while (several && ",;".indexOf(Scan.at(text, end)) >= 0) {
      int next = Scan.blanks(text, end + 1, MOST_BLANKS);
      int nextEnd = SecretValues.bareEnd(text, next);
      if (nextEnd == next || !hasEquals(next, nextEnd)) {
        break;
      }
      end = nextEnd;
    }
    if (end - start >= 4) {
      take(start, end);
    }
    return Math.max(end, Spans.placeholderEnd(text, start));
  }

  private boolean hasEquals(int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) == '=') {
        return true;
      }
    }
    return false;
  }

  /** Reads the value of {@code "name": "Authorization", "value": "…"}. */
  private int pair(int from, int end, int value) {
    Quote quote = SecretValues.open(text, value);
    if (quote == null || !PAIR_NAMES.contains(word(from, end))) {
      return end;
    }
    int most = Math.min(text.length(), quote.end() + LONGEST_PAIR_NAME);
    int close = quote.close(text, most);
    if (close < 0) {
      return end;
    }
    SecretName name = SecretName.of(text, quote.end(), close);
    if (name == SecretName.NONE || name == SecretName.QUERY || !isOneName(quote.end(), close)) {
      return end;
    }
    int at = close + quote.backslashes() + quote.mark().length();
    at = Scan.blanks(text, at, MOST_BLANKS);
    at = Scan.at(text, at) == ',' ? Scan.blanks(text, at + 1, MOST_BLANKS) : at;
    Quote key = SecretValues.open(text, at);
    at = key == null ? at : key.end();
    int keyEnd = at;
    while (keyEnd < text.length() && keyEnd - at < 10 && Scan.isLetter(text.charAt(keyEnd))) {
      keyEnd++;
    }
    int secret = behindSeparator(keyEnd);
    if (secret < 0 || !PAIR_VALUES.contains(word(at, keyEnd))) {
      return end;
    }
    return name == SecretName.HEADER ? header(secret) : value(name, secret, true);
  }

  private boolean isOneName(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!SecretValues.isOfName(text.charAt(i))) {
        return false;
      }
    }
    return from < to;
  }

  /** Reads the text after {@code Bearer}, {@code Basic}, {@code --password}, {@code -u}. */
  private int behindWord(int from, int end) {
    int value = Scan.blanks(text, end, MOST_BLANKS);
    if (value == end) {
      return end;
    }
    String word = word(from, end);
    if (word.equals("bearer") || word.equals("basic")) {
      return behindBearer(value, word.equals("basic"), end);
    }
    boolean option = Scan.startsWith(text, from, "-");
    if (option && USERS.contains(text.subSequence(from, Math.min(end, from + 20)).toString())) {
      return user(value, end);
    }
    if (!Scan.startsWith(text, from, "--") || Scan.at(text, value) == '-') {
      return end;
    }
    SecretName name = SecretName.of(text, from, end);
    return name == SecretName.STRONG || name == SecretName.WEAK ? value(name, value, true) : end;
  }

  private int behindBearer(int from, boolean basic, int none) {
    int end = from;
    boolean marked = false;
    while (end < text.length() && isOfToken(text.charAt(end))) {
      marked |= Scan.isDigit(text.charAt(end)) || text.charAt(end) == '=';
      end++;
    }
    if (end - from < SHORTEST_BEARER || !(basic ? isBasic(from, end) : marked)) {
      return none;
    }
    take(from, end);
    return end;
  }

  private static boolean isOfToken(char c) {
    return Scan.isAlnum(c) || "+/=._~-".indexOf(c) >= 0;
  }

  /** Returns whether a text is Base64 of a user and a password. */
  private boolean isBasic(int from, int to) {
    if (to - from > LONGEST_BASIC) {
      return false;
    }
    try {
      String credentials = text.subSequence(from, to).toString();
      String plain = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
      return plain.indexOf(':') >= 0 && plain.chars().allMatch(c -> c >= ' ' && c != 0xfffd);
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private int user(int from, int none) {
    Quote quote = SecretValues.open(text, from);
    int start = quote == null ? from : quote.end();
    int end = quote == null ? SecretValues.bareEnd(text, from) : endOfQuoted(quote);
    for (int i = start; i < end; i++) {
      if (text.charAt(i) == ':') {
        boolean address = Scan.startsWith(text, i, "://");
        boolean numbers = !has(start, i, false) && !has(i + 1, end, false);
        if (!address && !numbers) {
          take(i + 1, end);
        }
        return address ? none : end;
      }
    }
    return none;
  }

  /** Reads the text of {@code <password>…</password>}. */
  private int element(int at) {
    int name = at + 1;
    int end = name;
    while (end - name < LONGEST_TAG && isOfTag(Scan.at(text, end))) {
      end++;
    }
    int close = end;
    while (close - at < LONGEST_TAG && Scan.at(text, close) != '>') {
      char c = Scan.at(text, close);
      if (c == '<' || c == 0) {
        return at;
      }
      close++;
    }
    if (end == name || Scan.at(text, close) != '>' || text.charAt(close - 1) == '/') {
      return at;
    }
    SecretName kind = SecretName.of(text, name, end);
    if (kind == SecretName.NONE || kind == SecretName.QUERY) {
      return at;
    }
    return content(close + 1);
  }

  private static boolean isOfTag(char c) {
    return SecretValues.isOfName(c) || c == ':';
  }

  private int content(int from) {
    boolean raw = Scan.startsWith(text, from, "<![CDATA[");
    int start = raw ? from + "<![CDATA[".length() : from;
    int end = start;
    while (end < text.length()
        && !(raw ? Scan.startsWith(text, end, "]]>") : text.charAt(end) == '<')) {
      end++;
    }
    int first = start;
    while (first < end && Scan.isSpace(text.charAt(first))) {
      first++;
    }
    int last = end;
    while (last > first && Scan.isSpace(text.charAt(last - 1))) {
      last--;
    }
    if (raw || Scan.at(text, end + 1) == '/') {
      take(first, last);
    }
    return end;
  }

  /** Returns what a text announces if it is one name, such as {@code --password}. */
  static SecretName ofWholeText(String text) {
    if (text.length() > LONGEST_PAIR_NAME) {
      return SecretName.NONE;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!SecretValues.isOfName(text.charAt(i))) {
        return SecretName.NONE;
      }
    }
    SecretName name = SecretName.of(text);
    return name == SecretName.QUERY ? SecretName.NONE : name;
  }
}
