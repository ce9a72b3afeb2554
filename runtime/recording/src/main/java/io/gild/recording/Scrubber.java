package io.gild.recording;

import io.gild.config.Experimental;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces secrets in recordings by names such as {@code «secret:1»}.
 *
 * <p>Immutable. Detects keys and tokens by their form, passwords in addresses and after names that
 * announce them, and the values of environment variables with such names. The time is linear in the
 * length of a text, except for patterns of the user.
 */
@Experimental
public final class Scrubber {

  private static final List<Pattern> PERSONAL =
      List.of(
          Pattern.compile("(?<![\\w.+-])[\\w.%+-]{1,64}@(?:[\\w-]{1,63}\\.){1,8}\\p{L}{2,24}"),
          Pattern.compile(
              "(?<!\\w)[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?!\\w)"),
          Pattern.compile("(?<![\\w-])\\d(?:[ -]?\\d){12,18}(?![\\w-])"),
          Pattern.compile("(?<![\\w-])\\d{3}-\\d{2}-\\d{4}(?![\\w-])"),
          Pattern.compile("(?<![\\w+])\\+\\d(?:[ ./()-]{0,2}\\d){7,14}(?!\\d)"));

  private static final Pattern PLACEHOLDER = Pattern.compile("«(?:secret|personal):(\\d{1,6})»");

  private static final String SECRET = "secret";

  private static final Set<String> PAIR_NAMES =
      Set.of("name", "key", "header", "property", "variable", "field", "k", "first", "left");
  private static final Set<String> PAIR_VALUES =
      Set.of("value", "values", "val", "v", "second", "right");

  private final List<Pattern> patterns = new ArrayList<>();
  private final List<String> environment;
  private final boolean personal;

  /**
   * Creates a scrubber.
   *
   * @param patterns regular expressions of further secrets
   * @param personal whether personal data is scrubbed too
   * @param environment the variables of the JVM
   * @throws java.util.regex.PatternSyntaxException if one of the patterns is invalid
   */
  public Scrubber(List<String> patterns, boolean personal, Map<String, String> environment) {
    for (String pattern : patterns) {
      this.patterns.add(Pattern.compile(pattern));
    }
    this.environment = EnvironmentSecrets.of(environment);
    this.personal = personal;
  }

  /** The names of the secrets of one call: equal secrets have equal names. */
  public static final class Placeholders {

    private final Map<String, String> names = new HashMap<>();
    private int last;

    /** Creates an empty set of names. */
    public Placeholders() {}

    private String of(String kind, String secret) {
      return names.computeIfAbsent(secret, absent -> "«" + kind + ":" + ++last + "»");
    }

    /** Placeholders of a recording are not used again. */
    private void seen(String text) {
      Matcher matcher = PLACEHOLDER.matcher(text);
      while (matcher.find()) {
        last = Math.max(last, Integer.parseInt(matcher.group(1)));
      }
    }
  }

  /** Returns a text without secrets. */
  public String scrub(String text, Placeholders names) {
    synchronized (names) {
      if (text.indexOf('«') >= 0) {
        names.seen(text);
      }
      Spans secrets = new Spans();
      try {
        find(text, secrets);
        patterns.forEach(pattern -> find(pattern, text, secrets));
      } catch (StackOverflowError tooDeep) {
        return names.of(SECRET, text); // a pattern of the user that fails on this text
      }
      String clean =
          secrets.isEmpty() ? text : secrets.replaced(text, part -> names.of(SECRET, part));
      return personal ? withoutPersonal(clean, names) : clean;
    }
  }

  private void find(String text, Spans into) {
    findKnown(text, into);
    for (String value : environment) {
      for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length())) {
        into.add(text, at, at + value.length());
      }
    }
  }

  /** Finds secrets by their form or name. */
  static void findKnown(CharSequence text, Spans into) {
    SecretShapes.find(text, into);
    AddressSecrets.find(text, into);
    AnnouncedSecrets.find(text, into);
  }

  private static void find(Pattern pattern, String text, Spans into) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      int group = secretGroup(matcher);
      into.add(text, matcher.start(group), matcher.end(group));
    }
  }

  private static String withoutPersonal(String text, Placeholders names) {
    String clean = text;
    for (Pattern pattern : PERSONAL) {
      Spans found = new Spans();
      find(pattern, clean, found);
      clean = found.isEmpty() ? clean : found.replaced(clean, part -> names.of("personal", part));
    }
    return clean;
  }

  /** Finds personal data. */
  static void findPersonal(CharSequence text, Spans into) {
    for (Pattern pattern : PERSONAL) {
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        into.add(text, matcher.start(), matcher.end());
      }
    }
  }

  /** Returns the first group that matched; 0, for the whole match, if there is none. */
  private static int secretGroup(Matcher matcher) {
    for (int group = 1; group <= matcher.groupCount(); group++) {
      if (matcher.group(group) != null) {
        return group;
      }
    }
    return 0;
  }

  /** Returns plain values without secrets. */
  public @Nullable Object scrub(@Nullable Object value, Placeholders names) {
    if (value instanceof String text) {
      return scrub(text, names);
    }
    if (value instanceof Map<?, ?> map) {
      return scrubMap(map, names);
    }
    if (value instanceof Iterable<?> list) {
      return scrubList(list, names);
    }
    return value;
  }

  private Map<String, @Nullable Object> scrubMap(Map<?, ?> map, Placeholders names) {
    Map<String, @Nullable Object> clean = new LinkedHashMap<>();
    SecretName pair = nameOfPair(map);
    map.forEach((key, item) -> {
      String name = String.valueOf(key);
      SecretName announced = SecretName.of(name);
      if (announced == SecretName.NONE && PAIR_VALUES.contains(name)) {
        announced = pair;
      }
      if (announced == SecretName.WEAK && map.containsKey("logprob")) {
        announced = SecretName.NONE; // a token of text
      }
      clean.put(
          scrub(name, names),
          announced == SecretName.NONE || announced == SecretName.QUERY
              ? scrub(item, names)
              : secret(item, announced, names));
    });
    return clean;
  }

  /** Returns what the name of {@code {"name": …, "value": …}} announces. */
  private static SecretName nameOfPair(Map<?, ?> map) {
    if (map.keySet().stream().noneMatch(PAIR_VALUES::contains)) {
      return SecretName.NONE;
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (PAIR_NAMES.contains(String.valueOf(entry.getKey()))
          && entry.getValue() instanceof String name) {
        SecretName announced = AnnouncedSecrets.ofWholeText(name);
        if (announced != SecretName.NONE) {
          return announced;
        }
      }
    }
    return SecretName.NONE;
  }

  /** Returns the replacement of a value that its name announces as a secret. */
  private @Nullable Object secret(
      @Nullable Object value, SecretName announced, Placeholders names) {
    if (value instanceof String text) {
      boolean known = SecretValues.isNoSecret(text, 0, text.length());
      return known ? text : name(names, text);
    }
    if (value instanceof Number number && announced == SecretName.STRONG) {
      return name(names, number.toString());
    }
    if (value instanceof Map<?, ?> map) {
      return isSchema(map) ? scrubMap(map, names) : secretMap(map, announced, names);
    }
    if (value instanceof Iterable<?> list) {
      List<@Nullable Object> clean = new ArrayList<>();
      list.forEach(item -> clean.add(secret(item, announced, names)));
      return clean;
    }
    return value;
  }

  private Map<String, @Nullable Object> secretMap(
      Map<?, ?> map, SecretName announced, Placeholders names) {
    Map<String, @Nullable Object> clean = new LinkedHashMap<>();
    map.forEach((key, item) ->
        clean.put(scrub(String.valueOf(key), names), secret(item, announced, names)));
    return clean;
  }

  /** Returns whether a map describes a value, as the parameters of tools do. */
  private static boolean isSchema(Map<?, ?> map) {
    return map.containsKey("$ref")
        || map.containsKey("type")
            && (map.get("type") instanceof Iterable<?>
                || map.containsKey("description")
                || map.size() == 1);
  }

  private List<@Nullable Object> scrubList(Iterable<?> list, Placeholders names) {
    List<@Nullable Object> items = new ArrayList<>();
    list.forEach(items::add);
    List<@Nullable Object> clean = new ArrayList<>();
    SecretName announced = SecretName.NONE;
    for (Object item : items) {
      boolean known = announced != SecretName.NONE && item instanceof String;
      clean.add(known ? secret(item, announced, names) : scrub(item, names));
      announced = known ? SecretName.NONE : announcedBy(item, items.size() == 2);
    }
    return clean;
  }

  /** Returns what an item announces about the next one: {@code ["--password", "…"]}, a pair. */
  private static SecretName announcedBy(@Nullable Object item, boolean pair) {
    boolean option = item instanceof String text && text.startsWith("-");
    return item instanceof String text && (pair || option)
        ? AnnouncedSecrets.ofWholeText(text)
        : SecretName.NONE;
  }

  private static String name(Placeholders names, String secret) {
    synchronized (names) {
      return names.of(SECRET, secret);
    }
  }

  /**
   * Returns the chunks of a stream without secrets, including secrets that are spread over several
   * chunks: the first of these then contains the whole text.
   */
  public List<?> scrubChunks(List<?> pieces, Placeholders names) {
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

  /** Puts a rewritten text into the first of its chunks and empties the others. */
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
