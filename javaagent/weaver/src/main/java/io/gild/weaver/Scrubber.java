package io.gild.weaver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds secrets in what is recorded, and puts names such as {@code «secret:1»} in their place.
 *
 * <p>Immutable. Found are keys and tokens by their form, passwords in addresses and behind words
 * that announce them, and whatever the environment of the JVM keeps under such a word.
 */
final class Scrubber {

  /** A secret, or the part of a match in parentheses. */
  private static final List<Pattern> SECRETS =
      List.of(
          Pattern.compile(
              "-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\\s\\S]*?"
                  + "(?:-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----|\\z)"),
          Pattern.compile("\\beyJ[\\w-]{6,}\\.[\\w-]{6,}(?:\\.[\\w-]*){0,3}"),
          Pattern.compile("\\b[srp]k[-_][\\w-]{12,}"),
          Pattern.compile("\\b(?:AKIA|ASIA|AGPA|AROA)[A-Z0-9]{12,}"),
          Pattern.compile("\\bgh[pousr]_\\w{16,}|\\bgithub_pat_\\w{16,}|\\bglpat-[\\w-]{16,}"),
          Pattern.compile("\\bxox[a-z]-[\\w-]{8,}|\\bxapp-[\\w-]{8,}"),
          Pattern.compile("\\bAIza[\\w-]{24,}|\\bya29\\.[\\w-]{16,}"),
          Pattern.compile("\\b(?:hf|npm|dop_v1|shpat)_[A-Za-z0-9]{16,}|\\bpypi-[\\w-]{16,}"),
          Pattern.compile("\\bSG\\.[\\w-]{16,}\\.[\\w-]{16,}"),
          Pattern.compile("(?i)\\bbearer\\s{1,3}(?=[\\w+/.~-]*[\\d=])([\\w+/=.~-]{8,})"),
          Pattern.compile("(?i)authorization\\W{1,8}(?:[a-z]{1,10} )?([\\w+/=.~-]{8,})"),
          Pattern.compile("(?i)\\b[a-z][a-z0-9+.-]{0,20}://[^\\s/:@\"']{0,100}:([^\\s/@\"']+)@"),
          Pattern.compile(
              "(?i)(?:password|passwd|pwd|secret|api[_-]?key|access[_-]?key|token|credential)"
                  + "[\\w-]{0,20}\\\\*[\"']?\\s{0,3}[:=]\\s{0,3}"
                  + "(?:\\\\*[\"']([^\"'\\\\«]{4,})|(?!\\d+\\b)([^\\s\"'\\\\,;}&«]{6,}))"));

  private static final List<Pattern> PERSONAL =
      List.of(
          Pattern.compile("(?<![\\w.+-])[\\w.%+-]{1,64}@(?:[\\w-]{1,63}\\.){1,8}\\p{L}{2,24}"),
          Pattern.compile(
              "(?<!\\w)[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?!\\w)"),
          Pattern.compile("(?<![\\w-])\\d(?:[ -]?\\d){12,18}(?![\\w-])"),
          Pattern.compile("(?<![\\w-])\\d{3}-\\d{2}-\\d{4}(?![\\w-])"),
          Pattern.compile("(?<![\\w+])\\+\\d(?:[ ./()-]{0,2}\\d){7,14}(?!\\d)"));

  private static final Pattern ANNOUNCED =
      Pattern.compile("(?i).*(?:password|passwd|secret|api[_-]?key|access[_-]?key|credential)s?");
  private static final Pattern IN_ENVIRONMENT =
      Pattern.compile("(?i).*(?:password|passwd|secret|key|token|credential).*");
  private static final int SHORTEST = 8;
  private static final Pattern PLACEHOLDER = Pattern.compile("«(?:secret|personal):(\\d{1,6})»");

  private final List<Pattern> secrets = new ArrayList<>();
  private final List<Pattern> personal;

  /**
   * Creates a scrubber.
   *
   * @param patterns regular expressions of further secrets
   * @param personal whether personal data is scrubbed too
   * @param environment the variables of the JVM
   * @throws java.util.regex.PatternSyntaxException if one of the patterns is none
   */
  Scrubber(List<String> patterns, boolean personal, Map<String, String> environment) {
    environment.forEach((name, value) -> {
      if (value.length() >= SHORTEST
          && !value.startsWith("/")
          && IN_ENVIRONMENT.matcher(name).matches()) {
        secrets.add(Pattern.compile(Pattern.quote(value)));
      }
    });
    for (String pattern : patterns) {
      secrets.add(Pattern.compile(pattern));
    }
    secrets.addAll(SECRETS);
    this.personal = personal ? PERSONAL : List.of();
  }

  /** The names that one call's secrets have: equal secrets have equal names. */
  static final class Names {

    private final Map<String, String> names = new HashMap<>();
    private int last;

    private String of(String kind, String secret) {
      return names.computeIfAbsent(secret, absent -> "«" + kind + ":" + ++last + "»");
    }

    /** Names that a recording gave are not given again. */
    private void seen(String text) {
      Matcher matcher = PLACEHOLDER.matcher(text);
      while (matcher.find()) {
        last = Math.max(last, Integer.parseInt(matcher.group(1)));
      }
    }
  }

  /** Returns a text without secrets. */
  String scrub(String text, Names names) {
    synchronized (names) {
      if (text.indexOf('«') >= 0) {
        names.seen(text);
      }
      String clean = text;
      for (Pattern pattern : secrets) {
        clean = replace(pattern, "secret", clean, names);
      }
      for (Pattern pattern : personal) {
        clean = replace(pattern, "personal", clean, names);
      }
      return clean;
    }
  }

  private static String replace(Pattern pattern, String kind, String text, Names names) {
    Matcher matcher = pattern.matcher(text);
    StringBuilder clean = null;
    int from = 0;
    while (matcher.find()) {
      int group = secretGroup(matcher);
      if (matcher.end(group) == matcher.start(group)) {
        continue;
      }
      clean = clean == null ? new StringBuilder() : clean;
      clean.append(text, from, matcher.start(group)).append(names.of(kind, matcher.group(group)));
      from = matcher.end(group);
    }
    return clean == null ? text : clean.append(text, from, text.length()).toString();
  }

  /** Returns the first part in parentheses that matched; 0, for all of it, if there is none. */
  private static int secretGroup(Matcher matcher) {
    for (int group = 1; group <= matcher.groupCount(); group++) {
      if (matcher.group(group) != null) {
        return group;
      }
    }
    return 0;
  }

  /** Returns plain values without secrets. */
  @Nullable Object scrub(@Nullable Object value, Names names) {
    if (value instanceof String text) {
      return scrub(text, names);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> clean = new LinkedHashMap<>();
      map.forEach((key, item) -> {
        String name = String.valueOf(key);
        boolean announced =
            item instanceof String text
                && !text.isEmpty()
                && !PLACEHOLDER.matcher(text).matches()
                && ANNOUNCED.matcher(name).matches();
        clean.put(
            scrub(name, names), announced ? name(names, String.valueOf(item)) : scrub(item, names));
      });
      return clean;
    }
    if (value instanceof Iterable<?> list) {
      List<@Nullable Object> clean = new ArrayList<>();
      list.forEach(item -> clean.add(scrub(item, names)));
      return clean;
    }
    return value;
  }

  private static String name(Names names, String secret) {
    synchronized (names) {
      return names.of("secret", secret);
    }
  }

  /**
   * Returns the pieces of a stream without secrets, those too that are spread over several: the
   * whole text then stands in the first of them.
   */
  List<?> scrubPieces(List<?> pieces, Names names) {
    Map<String, StringBuilder> whole = new LinkedHashMap<>();
    for (Object piece : pieces) {
      gather("", piece, whole);
    }
    Map<String, String> rewritten = new HashMap<>();
    whole.forEach((path, text) -> {
      String clean = scrub(text.toString(), names);
      if (!clean.contentEquals(text)) {
        rewritten.put(path, clean);
      }
    });
    List<@Nullable Object> clean = new ArrayList<>();
    for (Object piece : pieces) {
      clean.add(scrub(put("", piece, rewritten), names));
    }
    return clean;
  }

  private static void gather(String path, @Nullable Object value, Map<String, StringBuilder> into) {
    if (value instanceof String text) {
      into.computeIfAbsent(path, absent -> new StringBuilder()).append(text);
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, item) -> gather(path + "/" + key, item, into));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        gather(path + "/" + i, list.get(i), into);
      }
    }
  }

  /** Puts a rewritten text where the first of its pieces was, and nothing where the others were. */
  private static @Nullable Object put(
      String path, @Nullable Object value, Map<String, String> rewritten) {
    if (value instanceof String text) {
      String clean = rewritten.get(path);
      if (clean != null) {
        rewritten.put(path, "");
      }
      return clean == null ? text : clean;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach(
          (key, item) -> copy.put(String.valueOf(key), put(path + "/" + key, item, rewritten)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        copy.add(put(path + "/" + i, list.get(i), rewritten));
      }
      return copy;
    }
    return value;
  }
}
