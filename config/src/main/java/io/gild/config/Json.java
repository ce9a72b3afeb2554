package io.gild.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes and reads JSON: maps, lists, texts, numbers, booleans, {@code null}. */
public final class Json {

  private Json() {}

  /**
   * Writes a value on one line.
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
   * @param text JSON
   * @return a {@code Map<String, Object>}, {@code List<Object>}, {@code String}, {@code Long},
   *     {@code BigDecimal}, {@code Boolean} or {@code null}
   * @throws IllegalArgumentException if the text is not JSON; the message names the line and column
   */
  public static @Nullable Object read(String text) {
    return new JsonReader(text).readDocument();
  }

  private static void write(@Nullable Object value, StringBuilder out, int indent) {
    if (value instanceof Map<?, ?> map) {
      writeMap(map, out, indent);
    } else if (value instanceof Iterable<?> list) {
      writeList(list, out, indent);
    } else if (value instanceof BigDecimal number) {
      out.append(number.toPlainString());
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else {
      quote(value.toString(), out);
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
          if (plain(c)) {
            out.append(c);
          } else {
            out.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
          }
        }
      }
    }
    out.append('"');
  }

  /** Says whether YAML, too, reads the character as it stands. */
  private static boolean plain(char c) {
    return c >= ' ' && (c < 0x7f || c > 0x9f) && c != '\u2028' && c != '\u2029' && c != '\ufeff';
  }

  /** Reads one document. */
  private static final class JsonReader {

    private static final int MAX_DEPTH = 200;

    private final String text;
    private int at;
    private int depth;

    JsonReader(String text) {
      this.text = text;
    }

    @Nullable Object readDocument() {
      Object value = readValue();
      skipBlanks();
      if (at < text.length()) {
        throw wrong("expected the end");
      }
      return value;
    }

    private @Nullable Object readValue() {
      skipBlanks();
      if (at == text.length()) {
        throw wrong("expected a value");
      }
      char c = text.charAt(at);
      return switch (c) {
        case '{' -> readObject();
        case '[' -> readArray();
        case '"' -> readText();
        case 't' -> word("true", true);
        case 'f' -> word("false", false);
        case 'n' -> word("null", null);
        default -> readNumber();
      };
    }

    private Map<String, @Nullable Object> readObject() {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      enter();
      if (!accept('}')) {
        do {
          skipBlanks();
          if (at == text.length() || text.charAt(at) != '"') {
            throw wrong("expected a key in quotes");
          }
          String key = readText();
          if (!accept(':')) {
            throw wrong("expected ':'");
          }
          map.put(key, readValue());
        } while (accept(','));
        leave('}');
      }
      depth--;
      return map;
    }

    private List<@Nullable Object> readArray() {
      List<@Nullable Object> list = new ArrayList<>();
      enter();
      if (!accept(']')) {
        do {
          list.add(readValue());
        } while (accept(','));
        leave(']');
      }
      depth--;
      return list;
    }

    private void enter() {
      if (++depth > MAX_DEPTH) {
        throw wrong("nested too deeply");
      }
      at++;
    }

    private void leave(char close) {
      if (!accept(close)) {
        throw wrong("expected ',' or '" + close + "'");
      }
    }

    private String readText() {
      StringBuilder out = new StringBuilder();
      at++;
      while (at < text.length() && text.charAt(at) != '"') {
        char c = text.charAt(at++);
        if (c < ' ') {
          at--;
          throw wrong("expected '\"' before the end of the line");
        }
        out.append(c == '\\' ? escaped() : c);
      }
      if (at == text.length()) {
        throw wrong("expected '\"'");
      }
      at++;
      return out.toString();
    }

    private char escaped() {
      char c = at < text.length() ? text.charAt(at++) : ' ';
      return switch (c) {
        case '"', '\\', '/' -> c;
        case 'b' -> '\b';
        case 'f' -> '\f';
        case 'n' -> '\n';
        case 'r' -> '\r';
        case 't' -> '\t';
        case 'u' -> unicode();
        default -> throw wrong("unknown escape");
      };
    }

    private char unicode() {
      try {
        char c = (char) Integer.parseInt(text.substring(at, at + 4), 16);
        at += 4;
        return c;
      } catch (IndexOutOfBoundsException | NumberFormatException e) {
        throw wrong("expected four hexadecimal digits");
      }
    }

    private @Nullable Object word(String word, @Nullable Object value) {
      if (!text.startsWith(word, at)) {
        throw wrong("expected a value");
      }
      at += word.length();
      return value;
    }

    private Object readNumber() {
      int start = at;
      while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      String number = text.substring(start, at);
      Object value = Scalars.number(number);
      if (value == null) {
        at = start;
        throw wrong("expected a value");
      }
      return value;
    }

    private boolean accept(char wanted) {
      skipBlanks();
      if (at < text.length() && text.charAt(at) == wanted) {
        at++;
        return true;
      }
      return false;
    }

    private void skipBlanks() {
      while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }

    private IllegalArgumentException wrong(String message) {
      int line = 1;
      int column = 1;
      for (int i = 0; i < at; i++) {
        column++;
        if (text.charAt(i) == '\n') {
          line++;
          column = 1;
        }
      }
      return new IllegalArgumentException(line + ":" + column + ": " + message);
    }
  }
}
