package io.gild.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How surely a name announces a secret; case and separators do not matter. */
enum SecretName {
  /** It announces no secret. */
  NONE,
  /** It announces a secret only in an address, such as {@code sig=}. */
  QUERY,
  /** It may mean something else, such as {@code token}. */
  WEAK,
  /** It is the name of a header with credentials. */
  HEADER,
  /** It announces a secret, such as {@code db.password}. */
  STRONG;

  private static final int LONGEST = 64;

  private static final List<String> PARTS =
      List.of(
          "password",
          "passwd",
          "passphrase",
          "passcode",
          "secret",
          "credential",
          "apikey",
          "accesskey",
          "accountkey",
          "authkey",
          "encryptionkey",
          "masterkey",
          "privatekey",
          "sessionkey",
          "sharedkey",
          "signingkey",
          "subscriptionkey",
          "connectionstring");

  /** Last words of names that describe a secret and do not contain it. */
  private static final Set<String> ABOUT =
      Set.of(
          "at",
          "budget",
          "count",
          "description",
          "dir",
          "directory",
          "enabled",
          "endpoint",
          "exists",
          "expiration",
          "expires",
          "expiry",
          "field",
          "file",
          "format",
          "hint",
          "in",
          "index",
          "issuer",
          "label",
          "length",
          "level",
          "limit",
          "link",
          "manager",
          "max",
          "min",
          "name",
          "names",
          "optional",
          "path",
          "pattern",
          "policy",
          "prefix",
          "provider",
          "required",
          "rules",
          "schema",
          "status",
          "strength",
          "ttl",
          "type",
          "uri",
          "url",
          "usage",
          "used",
          "valid",
          "version");

  private static final Set<String> BEFORE_TOKEN =
      Set.of(
          "audio",
          "begin",
          "bos",
          "cancellation",
          "cls",
          "continuation",
          "end",
          "eos",
          "first",
          "image",
          "input",
          "last",
          "mask",
          "max",
          "min",
          "next",
          "output",
          "pad",
          "page",
          "per",
          "prev",
          "previous",
          "prompt",
          "sep",
          "special",
          "start",
          "stop",
          "text",
          "unk");

  private static final Set<String> QUERIES = Set.of("sig", "signature", "key", "hmac");

  static SecretName of(CharSequence name) {
    return of(name, 0, name.length());
  }

  /** Judges a part of a text; only the end of a long part. */
  static SecretName of(CharSequence text, int from, int to) {
    List<String> words = words(text, Math.max(from, to - LONGEST), to);
    if (words.isEmpty()) {
      return NONE;
    }
    String last = words.get(words.size() - 1);
    if (words.size() > 1 && ABOUT.contains(last)) {
      return NONE;
    }
    String whole = String.join("", words);
    if (whole.endsWith("authorization") || whole.endsWith("cookie")) {
      return HEADER;
    }
    if (whole.endsWith("pwd") || last.equals("pass") && words.size() > 1 || isStrong(whole)) {
      return STRONG;
    }
    if (last.equals("pass") || last.equals("jwt") || last.equals("jsessionid")) {
      return WEAK;
    }
    if (whole.endsWith("token")) {
      String before = words.size() > 1 ? words.get(words.size() - 2) : "";
      return BEFORE_TOKEN.contains(before) ? NONE : WEAK;
    }
    return QUERIES.contains(last) ? QUERY : NONE;
  }

  private static boolean isStrong(String name) {
    for (String part : PARTS) {
      int at = name.indexOf(part);
      if (at >= 0 && !name.startsWith("secretar", at) && !name.startsWith("passwordless", at)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the words in lower case, without the digits at their ends. */
  private static List<String> words(CharSequence text, int from, int to) {
    List<String> words = new ArrayList<>();
    int start = from;
    for (int i = from; i <= to; i++) {
      boolean ends = i == to || !Character.isLetterOrDigit(text.charAt(i));
      if (ends || i > start && isHump(text, i, to)) {
        String word = withoutDigits(text.subSequence(start, i).toString());
        if (!word.isEmpty()) {
          words.add(word.toLowerCase(Locale.ROOT));
        }
        start = ends ? i + 1 : i;
      }
    }
    return words;
  }

  private static String withoutDigits(String word) {
    int end = word.length();
    while (end > 0 && Scan.isDigit(word.charAt(end - 1))) {
      end--;
    }
    return word.substring(0, end);
  }

  /** Returns whether a new word begins in the middle of camel case: apiKey, APIKey. */
  private static boolean isHump(CharSequence text, int at, int to) {
    if (!Character.isUpperCase(text.charAt(at))) {
      return false;
    }
    return !Character.isUpperCase(text.charAt(at - 1))
        || at + 1 < to && Character.isLowerCase(text.charAt(at + 1));
  }
}
