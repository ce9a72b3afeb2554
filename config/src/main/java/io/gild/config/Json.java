package io.gild.config;

import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes and reads JSON: maps, lists, texts, numbers, booleans, {@code null}. */
@Experimental
public final class Json {

  /** The deepest that maps and lists are nested in a text that is read. */
  public static final int MOST_DEPTH = 200;

  private static final int MOST_PLAIN_DIGITS = 1_000;

  private Json() {}

  /**
   * Writes a value on one line. JSON has no {@code NaN} and no infinity; they are written as texts.
   *
   * @param value a value of the types above; keys of maps are written with {@code toString}
   * @return JSON
   */
  public static String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out, -1);
    return out.toString();
  }

  /**
   * Writes a value over many lines, indented by two blanks.
   *
   * @param value a value of the types above
   * @return JSON that ends with a line feed
   */
  public static String pretty(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out, 0);
    return out.append('\n').toString();
  }

  /**
   * Reads one value.
   *
   * @param text JSON; a byte order mark before it is ignored
   * @return a {@code Map<String, Object>}, {@code List<Object>}, {@code String}, {@code Long},
   *     {@code BigDecimal}, {@code Boolean} or {@code null}
   * @throws IllegalArgumentException if the text is not JSON; the message names the line and column
   */
  public static @Nullable Object read(String text) {
    return new JsonReader(text).readDocument();
  }

  /**
   * Reads a document in which objects may have a key several times; the last value counts.
   *
   * @param text the document
   * @param repeated receives each key that is there again
   * @return its value
   * @throws IllegalArgumentException if the text is not JSON
   */
  public static @Nullable Object read(String text, Consumer<String> repeated) {
    return new JsonReader(text) {
      @Override
      void add(
          Map<String, @Nullable Object> object, String key, int start, @Nullable Object value) {
        if (object.containsKey(key)) {
          repeated.accept(key);
        }
        super.add(object, key, start, value);
      }
    }.readDocument();
  }

  /**
   * A value at the beginning of a text.
   *
   * @param value the value
   * @param end where it ends
   */
  public record Prefix(@Nullable Object value, int end) {}

  /**
   * Reads a value that other text follows.
   *
   * @param text a text
   * @param start where the value begins
   * @return the value, or {@code null} if none begins there
   */
  public static @Nullable Prefix prefix(String text, int start) {
    JsonReader reader = new JsonReader(text, start);
    try {
      Object value = reader.readValue();
      return new Prefix(value, reader.at());
    } catch (IllegalArgumentException none) {
      return null;
    }
  }

  private static void write(@Nullable Object value, StringBuilder out, int indent) {
    if (value instanceof Map<?, ?> map) {
      writeMap(map, out, indent);
    } else if (value instanceof Iterable<?> list) {
      writeList(list, out, indent);
    } else if (value instanceof BigDecimal number) {
      if (Math.abs((long) number.scale()) <= MOST_PLAIN_DIGITS) {
        out.append(number.toPlainString());
      } else {
        writeNumber(number.toString(), out);
      }
    } else if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      out.append(Double.isFinite(number) ? value : "\"" + value + "\"");
    } else if (value instanceof Long || value instanceof Integer) {
      out.append(value);
    } else if (value instanceof Number number) {
      writeNumber(number.toString(), out);
    } else if (value == null || value instanceof Boolean) {
      out.append(value);
    } else {
      quote(value.toString(), out);
    }
  }

  /** Writes a number of any class, as text if JSON has no form for it. */
  private static void writeNumber(String number, StringBuilder out) {
    if (PlainText.number(number) == null) {
      quote(number, out);
    } else {
      out.append(number);
    }
  }

  private static void writeMap(Map<?, ?> map, StringBuilder out, int indent) {
    int below = indent < 0 ? indent : indent + 1;
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      lineBreak(out.append(separator), below);
      quote(String.valueOf(entry.getKey()), out);
      out.append(indent < 0 ? ":" : ": ");
      write(entry.getValue(), out, below);
      separator = ",";
    }
    close('}', separator.isEmpty(), out, indent);
  }

  private static void writeList(Iterable<?> list, StringBuilder out, int indent) {
    int below = indent < 0 ? indent : indent + 1;
    out.append('[');
    String separator = "";
    for (Object item : list) {
      lineBreak(out.append(separator), below);
      write(item, out, below);
      separator = ",";
    }
    close(']', separator.isEmpty(), out, indent);
  }

  private static void close(char close, boolean empty, StringBuilder out, int indent) {
    if (!empty) {
      lineBreak(out, indent);
    }
    out.append(close);
  }

  private static void lineBreak(StringBuilder out, int indent) {
    if (indent >= 0) {
      out.append('\n').append("  ".repeat(indent));
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (plain(c) && !isLone(text, i)) {
            out.append(c);
          } else {
            out.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
          }
        }
      }
    }
    out.append('"');
  }

  /** Returns whether a character is half of a pair: UTF-8 has no form for it. */
  private static boolean isLone(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  /** Returns whether YAML, too, reads the character unescaped. */
  private static boolean plain(char c) {
    return c >= ' ' && (c < 0x7f || c > 0x9f) && c != '\u2028' && c != '\u2029' && c != '\ufeff';
  }
}
