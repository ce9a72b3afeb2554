package io.gild.recording;

import io.gild.config.Experimental;
import io.gild.config.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The recorded answers of models and tools: one JSON object per line, each written when its
 * exchange is over, so that the file of a killed application is readable up to that point.
 *
 * @param calls the outermost calls in the order in which they began
 * @param patterns regular expressions that the recording scrubbed in addition to the known kinds
 * @param personal whether it scrubbed personal data as well
 * @param recordedAt when the recording began; {@code null} if unknown
 */
@Experimental
public record Cassette(
    List<Call> calls, List<String> patterns, boolean personal, @Nullable Instant recordedAt) {

  /** The duration of what was recorded without one. */
  public static final long UNKNOWN_MILLIS = -1;

  /** The version of the format, as the first line names it. */
  static final int VERSION = 1;

  /** The key of the first line, whose value is the version. */
  static final String HEADER = "gild-cassette";

  /** The partner of an exchange. */
  public enum Kind {
    /** A model. */
    MODEL,
    /** A tool. */
    TOOL
  }

  /**
   * One outermost call of an agent, or an exchange outside of any agent.
   *
   * @param agent name of the agent; empty if there was no agent
   * @param method such as {@code com.acme.Desk#answer}; empty if the call did not end
   * @param entry the method of the application that made the request outside of any agent; empty if
   *     unknown
   * @param arguments its arguments, as plain values
   * @param answer its result, as a plain value; {@code null} if it failed or did not end
   * @param failure why it failed; {@code null} if it did not
   * @param exchanges its exchanges with models and tools, in the order in which they began
   * @param at when it began; {@code null} if that was not recorded
   * @param millis how long it took; {@link #UNKNOWN_MILLIS} if that was not recorded
   */
  public record Call(
      String agent,
      String method,
      String entry,
      List<@Nullable Object> arguments,
      @Nullable Object answer,
      @Nullable String failure,
      List<Exchange> exchanges,
      @Nullable Instant at,
      long millis) {

    /** Copies the exchanges. */
    public Call {
      exchanges = List.copyOf(exchanges);
    }
  }

  /**
   * One request and its outcome.
   *
   * @param number its number in the recording, from 1
   * @param kind a model or a tool
   * @param api the method of the library, or the class of its tools
   * @param begin when it began, in steps of the recording
   * @param end when it ended
   * @param parent number of the exchange that contains it; 0 if none does
   * @param request the request, as plain values
   * @param response the response; {@code null} if it was streamed, or failed
   * @param chunks the chunks of a stream
   * @param failure why it failed; {@code null} if it did not
   * @param inputTokens tokens of the request as the model reported them; 0 if it did not
   * @param outputTokens tokens of the response; 0 if they were not reported
   * @param millis how long it took; {@link #UNKNOWN_MILLIS} if that was not recorded
   */
  public record Exchange(
      int number,
      Kind kind,
      String api,
      long begin,
      long end,
      int parent,
      Map<?, ?> request,
      @Nullable Object response,
      List<?> chunks,
      @Nullable String failure,
      long inputTokens,
      long outputTokens,
      long millis) {}

  /** Copies the lists. */
  public Cassette {
    calls = List.copyOf(calls);
    patterns = List.copyOf(patterns);
  }

  /**
   * Reads a cassette.
   *
   * @param name name of the file, for messages
   * @param text its content; a line that was cut off at the end of its JVM is left out
   * @return the cassette
   * @throws IllegalArgumentException if a line is invalid; the message names its number
   */
  public static Cassette read(String name, String text) {
    Reader reader = new Reader(name);
    List<String> lines = text.lines().toList();
    boolean whole = text.endsWith("\n");
    for (int i = 0; i < lines.size(); i++) {
      boolean last = i == lines.size() - 1;
      if (whole || !last) {
        boolean cut = !last && lines.get(i + 1).startsWith("{\"" + HEADER + "\":");
        reader.line(i + 1, lines.get(i), cut);
      }
    }
    return reader.cassette();
  }

  /** Combines lines. */
  private static final class Reader {

    /** The beginning of the lines that a recorder writes. */
    private static final List<String> STARTS =
        List.of("{\"" + HEADER + "\":", "{\"seq\":", "{\"session\":");

    private record Key(String session, long call) {}

    private static final class Open {
      private Map<?, ?> fields = Map.of();
      private String entry = "";
      private final List<Exchange> exchanges = new ArrayList<>();
    }

    private final String name;
    private final Map<Key, Open> open = new LinkedHashMap<>();
    private final List<String> patterns = new ArrayList<>();
    private boolean personal;
    private boolean headed;
    private @Nullable Instant recordedAt;

    Reader(String name) {
      this.name = name;
    }

    /**
     * Reads a line.
     *
     * @param cut whether the JVM may have ended while it wrote the line
     */
    void line(int number, String line, boolean cut) {
      if (line.isBlank()) {
        return;
      }
      String rest = line;
      if (!isJson(line)) {
        rest = behindBreak(line);
        if (rest == null && cut) {
          return;
        }
      }
      read(number, rest == null ? line : rest);
    }

    private static boolean isJson(String line) {
      Json.Prefix value = Json.prefix(line, 0);
      return value != null && line.substring(value.end()).isBlank();
    }

    /**
     * Returns the text that another JVM wrote after a line that was cut off; null if there is none.
     */
    private static @Nullable String behindBreak(String line) {
      for (String start : STARTS) {
        int at = line.lastIndexOf(start);
        if (at > 0 && isJson(line.substring(at))) {
          return line.substring(at);
        }
      }
      return null;
    }

    private void read(int number, String line) {
      try {
        if (!(Json.read(line) instanceof Map<?, ?> map)) {
          throw new IllegalArgumentException("expected a JSON object");
        }
        add(map);
      } catch (IllegalArgumentException | ClassCastException | NullPointerException wrong) {
        throw new IllegalArgumentException(
            name + ":" + number + ": not a line of a cassette: " + wrong.getMessage(), wrong);
      }
    }

    private void add(Map<?, ?> map) {
      if (map.get(HEADER) instanceof Number version) {
        head(map, version.intValue());
        return;
      }
      if (!headed) {
        throw new IllegalArgumentException(
            "the first line must hold \"" + HEADER + "\", as gild record writes it");
      }
      Open call =
          open.computeIfAbsent(
              new Key(text(map, "session"), number(map, "call")), absent -> new Open());
      if ("agent".equals(map.get("kind"))) {
        call.fields = map;
      } else {
        call.exchanges.add(exchange(map));
        call.entry = map.get("entry") instanceof String entry ? entry : call.entry;
      }
    }

    private void head(Map<?, ?> map, int version) {
      if (version != VERSION) {
        throw new IllegalArgumentException(
            "version " + version + " of the format is unknown; this Gild reads " + VERSION);
      }
      if (!headed) {
        recordedAt = instant(map, "recorded-at");
      }
      headed = true;
      personal |= Boolean.TRUE.equals(map.get("scrub-pii"));
      if (map.get("scrub") instanceof List<?> list) {
        list.forEach(each -> patterns.add(String.valueOf(each)));
      }
    }

    private static Exchange exchange(Map<?, ?> map) {
      Kind kind = "tool".equals(text(map, "kind")) ? Kind.TOOL : Kind.MODEL;
      return new Exchange(
          (int) number(map, "seq"),
          kind,
          text(map, "api"),
          number(map, "begin"),
          number(map, "end"),
          map.containsKey("parent") ? (int) number(map, "parent") : 0,
          (Map<?, ?>) Objects.requireNonNull(map.get("request"), "no \"request\""),
          map.get("response"),
          map.get("chunks") instanceof List<?> list ? list : List.of(),
          (String) map.get("failure"),
          number(map, "input-tokens", 0),
          number(map, "output-tokens", 0),
          number(map, "millis", UNKNOWN_MILLIS));
    }

    Cassette cassette() {
      if (!headed) {
        throw new IllegalArgumentException(name + ": the cassette is empty");
      }
      List<Call> calls = new ArrayList<>();
      for (Open each : open.values()) {
        each.exchanges.sort((a, b) -> Long.compare(a.begin(), b.begin()));
        calls.add(call(each.fields, each.entry, each.exchanges));
      }
      return new Cassette(calls, patterns, personal, recordedAt);
    }

    private static Call call(Map<?, ?> fields, String entry, List<Exchange> exchanges) {
      List<@Nullable Object> arguments = new ArrayList<>();
      if (fields.get("arguments") instanceof List<?> list) {
        arguments.addAll(list);
      }
      return new Call(
          fields.get("agent") instanceof String agent ? agent : "",
          fields.get("method") instanceof String method ? method : "",
          entry,
          arguments,
          fields.get("answer"),
          (String) fields.get("failure"),
          exchanges,
          instant(fields, "at"),
          number(fields, "millis", UNKNOWN_MILLIS));
    }

    private static @Nullable Instant instant(Map<?, ?> map, String key) {
      try {
        return map.get(key) instanceof String text ? Instant.parse(text) : null;
      } catch (DateTimeException invalid) {
        throw new IllegalArgumentException(
            "\"" + key + "\" must be a time such as 2026-01-31T12:00:00Z", invalid);
      }
    }

    private static long number(Map<?, ?> map, String key, long absent) {
      return map.get(key) instanceof Number number ? number.longValue() : absent;
    }

    private static String text(Map<?, ?> map, String key) {
      return (String) Objects.requireNonNull(map.get(key), "no \"" + key + "\"");
    }

    private static long number(Map<?, ?> map, String key) {
      return ((Number) Objects.requireNonNull(map.get(key), "no \"" + key + "\"")).longValue();
    }
  }
}
