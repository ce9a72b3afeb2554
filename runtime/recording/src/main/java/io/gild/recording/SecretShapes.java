package io.gild.recording;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds keys and tokens by their prefixes, which the resource {@code secret-shapes.txt} lists.
 *
 * <p>One pass over the text; the end of each run of characters is computed once for all prefixes in
 * it, so that the time is linear for every text.
 */
final class SecretShapes {

  private static final String RESOURCE = "secret-shapes.txt";
  private static final String JWT = "eyJ";
  private static final int JWT_PART = 6;
  private static final int JWT_PARTS_MORE = 3;

  private static final Map<Character, List<Shape>> SHAPES = read();

  private SecretShapes() {}

  /** Characters that may occur in a secret. */
  private enum Alphabet {
    HEX,
    ALNUM,
    WORD,
    DOTS,
    BASE64,
    PATH;

    boolean has(char c) {
      return switch (this) {
        case HEX -> Scan.isHex(c);
        case ALNUM -> Scan.isAlnum(c);
        case WORD -> isWord(c);
        case DOTS -> isWord(c) || c == '.';
        case BASE64 -> isWord(c) || c == '+' || c == '/' || c == '=';
        case PATH -> isWord(c) || c == '/';
      };
    }

    private static boolean isWord(char c) {
      return Scan.isAlnum(c) || c == '_' || c == '-';
    }
  }

  /**
   * The form of a kind of secret.
   *
   * @param prefix its first characters
   * @param alphabet the characters that follow
   * @param fewest the minimum number of characters that follow
   * @param before characters before the prefix that belong to it
   */
  private record Shape(String prefix, Alphabet alphabet, int fewest, int before) {}

  /** Ends of runs; positions are requested from left to right. */
  private static final class Runs {

    private final CharSequence text;
    private final int[] starts = new int[Alphabet.values().length];
    private final int[] ends = new int[Alphabet.values().length];

    Runs(CharSequence text) {
      this.text = text;
    }

    int end(Alphabet alphabet, int from) {
      int i = alphabet.ordinal();
      if (from < starts[i] || from >= ends[i]) {
        int at = from;
        while (at < text.length() && alphabet.has(text.charAt(at))) {
          at++;
        }
        starts[i] = from;
        ends[i] = at;
      }
      return ends[i];
    }
  }

  /** Returns the known prefixes. */
  static Collection<String> prefixes() {
    List<String> prefixes = new ArrayList<>(List.of(JWT));
    SHAPES.values().forEach(shapes -> shapes.forEach(shape -> prefixes.add(shape.prefix())));
    return prefixes;
  }

  static void find(CharSequence text, Spans into) {
    Runs runs = new Runs(text);
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = c == 'e' ? jwt(text, at, runs) : at;
      List<Shape> shapes = SHAPES.get(c);
      int from = at;
      for (int i = 0; shapes != null && end == at && i < shapes.size(); i++) {
        Shape shape = shapes.get(i);
        end = end(text, at, shape, runs);
        from = end == at ? at : at - shape.before();
      }
      if (end > at) {
        into.add(text, from, end);
      }
      at = Math.max(at + 1, end);
    }
  }

  private static int end(CharSequence text, int at, Shape shape, Runs runs) {
    if (!Scan.startsWith(text, at, shape.prefix())
        || !Scan.isBoundary(text, at - shape.before())
        || !precedes(text, at, shape)) {
      return at;
    }
    int body = at + shape.prefix().length();
    int end = runs.end(shape.alphabet(), body);
    while (end > body && text.charAt(end - 1) == '.') {
      end--;
    }
    return end - body >= shape.fewest() ? end : at;
  }

  private static boolean precedes(CharSequence text, int at, Shape shape) {
    for (int i = at - shape.before(); i < at; i++) {
      if (i < 0 || !Alphabet.DOTS.has(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** A JSON Web Token: parts of Base64 with dots between them. */
  private static int jwt(CharSequence text, int at, Runs runs) {
    if (!Scan.startsWith(text, at, JWT) || !Scan.isBoundary(text, at)) {
      return at;
    }
    int header = runs.end(Alphabet.WORD, at + JWT.length());
    if (header - at - JWT.length() < JWT_PART || Scan.at(text, header) != '.') {
      return at;
    }
    int end = runs.end(Alphabet.WORD, header + 1);
    if (end - header - 1 < JWT_PART) {
      return at;
    }
    for (int i = 0; i < JWT_PARTS_MORE && Scan.at(text, end) == '.'; i++) {
      end = runs.end(Alphabet.WORD, end + 1);
    }
    return text.charAt(end - 1) == '.' ? end - 1 : end;
  }

  private static Map<Character, List<Shape>> read() {
    Map<Character, List<Shape>> shapes = new TreeMap<>();
    try (InputStream in = SecretShapes.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + RESOURCE + " is missing");
      }
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        Shape shape = shape(line.strip());
        if (shape != null) {
          shapes.computeIfAbsent(shape.prefix().charAt(0), absent -> new ArrayList<>()).add(shape);
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return shapes;
  }

  private static @Nullable Shape shape(String line) {
    if (line.isEmpty() || line.startsWith("#")) {
      return null;
    }
    String[] columns = line.split(" +");
    return new Shape(
        columns[0],
        Alphabet.valueOf(columns[1].toUpperCase(Locale.ROOT)),
        Integer.parseInt(columns[2]),
        columns.length > 3 ? Integer.parseInt(columns[3]) : 0);
  }
}
