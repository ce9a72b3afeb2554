package io.gild.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one document of JSON. */
class JsonReader {

  private final String text;
  private int at;
  private int depth;

  JsonReader(String text) {
    this(text, text.startsWith("\ufeff") ? 1 : 0);
  }

  JsonReader(String text, int start) {
    this.text = text;
    this.at = start;
  }

  /** Returns how far the text is read. */
  final int at() {
    return at;
  }

  /** Makes the value that was read from a place. */
  @Nullable Object made(@Nullable Object value, int start) {
    return value;
  }

  /** Adds an entry to an object; the last one of a key wins. */
  void add(Map<String, @Nullable Object> object, String key, int start, @Nullable Object value) {
    object.put(key, value);
  }

  @Nullable Object readDocument() {
    Object value = readValue();
    skipBlanks();
    if (at < text.length()) {
      throw wrong("expected the end");
    }
    return value;
  }

  final @Nullable Object readValue() {
    skipBlanks();
    if (at == text.length()) {
      throw wrong("expected a value");
    }
    int start = at;
    return made(readBare(), start);
  }

  private @Nullable Object readBare() {
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
        int start = at;
        String key = readText();
        if (!accept(':')) {
          throw wrong("expected ':'");
        }
        add(map, key, start, readValue());
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
    if (++depth > Json.MOST_DEPTH) {
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
    Object value = PlainText.number(number);
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
