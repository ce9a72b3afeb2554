package io.gild.recording;

import io.gild.config.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What models and tools said to an application: one JSON object per line, each written when it is
 * over, so that the file of an application that was killed is readable up to there.
 *
 * @param calls the outermost calls in the order in which they began
 * @param patterns what the recording scrubbed besides the kinds it knows: regular expressions
 * @param personal whether it scrubbed personal data as well
 */
public record Cassette(List<Call> calls, List<String> patterns, boolean personal) {

  /** The version of the format, as the first line names it. */
  static final int VERSION = 1;

  /** The key of the first line, whose value is the version. */
  static final String HEADER = "gild-cassette";

  /** What an exchange was with. */
  public enum Kind {
    /** A model. */
    MODEL,
    /** A tool. */
    TOOL
  }

  /**
   * One outermost call of an agent, or an exchange that no agent asked for.
   *
   * @param agent name of the agent; empty if there was none
   * @param method such as {@code com.acme.Desk#answer}; empty if the call did not end
   * @param entry the method of the application that asked, if no agent did; empty if unknown
   * @param arguments what it was called with, as plain values
   * @param answer what it returned, as a plain value; {@code null} if it failed or did not end
   * @param failure why it failed; {@code null} if it did not
   * @param exchanges all that it said to models and tools, in the order in which they began
   */
  public record Call(
      String agent,
      String method,
      String entry,
      List<@Nullable Object> arguments,
      @Nullable Object answer,
      @Nullable String failure,
      List<Exchange> exchanges) {

    /** Copies the exchanges. */
    public Call {
      exchanges = List.copyOf(exchanges);
    }
  }

  /**
   * One request and what came of it.
   *
   * @param number its number in the recording, from 1
   * @param kind a model or a tool
   * @param api the method of the library, or the class of its tools
   * @param begin when it began, in steps of the recording
   * @param end when it ended
   * @param parent number of the exchange it was a part of; 0 if of none
   * @param request what was asked, as plain values
   * @param response what was answered; {@code null} if it came in pieces, or failed
   * @param chunks the pieces of a stream
   * @param failure why it failed; {@code null} if it did not
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
      @Nullable String failure) {}

  /** Copies the lists. */
  public Cassette {
    calls = List.copyOf(calls);
    patterns = List.copyOf(patterns);
  }

  /**
   * Reads a cassette.
   *
   * @param name name of the file, for messages
   * @param text its content; a line that breaks off where its JVM ended is left out
   * @return the cassette
   * @throws IllegalArgumentException if a line is not what it should be, with its number
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

  /** Puts lines together. */
  private static final class Reader {

    /** How the lines that a recorder writes begin. */
    private static final List<String> STARTS =
        List.of("{\"" + HEADER + "\":", "{\"seq\":", "{\"session\":");

    private record Key(String session, long call) {}

    private static final class Open {
      private Map<?, ?> told = Map.of();
      private String entry = "";
      private final List<Exchange> exchanges = new ArrayList<>();
    }

    private final String name;
    private final Map<Key, Open> open = new LinkedHashMap<>();
    private final List<String> patterns = new ArrayList<>();
    private boolean personal;
    private boolean headed;

    Reader(String name) {
      this.name = name;
    }

    /**
     * Reads a line.
     *
     * @param cut whether the JVM that wrote it may have ended within it
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

    /** Returns what another JVM wrote behind a line that broke off; null if nothing. */
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
            name + ":" + number + ": no line of a cassette: " + wrong.getMessage(), wrong);
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
        call.told = map;
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
          (String) map.get("failure"));
    }

    Cassette cassette() {
      if (!headed) {
        throw new IllegalArgumentException(name + ": the cassette is empty");
      }
      List<Call> calls = new ArrayList<>();
      for (Open each : open.values()) {
        each.exchanges.sort((a, b) -> Long.compare(a.begin(), b.begin()));
        calls.add(call(each.told, each.entry, each.exchanges));
      }
      return new Cassette(calls, patterns, personal);
    }

    private static Call call(Map<?, ?> told, String entry, List<Exchange> exchanges) {
      List<@Nullable Object> arguments = new ArrayList<>();
      if (told.get("arguments") instanceof List<?> list) {
        arguments.addAll(list);
      }
      return new Call(
          told.get("agent") instanceof String agent ? agent : "",
          told.get("method") instanceof String method ? method : "",
          entry,
          arguments,
          told.get("answer"),
          (String) told.get("failure"),
          exchanges);
    }

    private static String text(Map<?, ?> map, String key) {
      return (String) Objects.requireNonNull(map.get(key), "no \"" + key + "\"");
    }

    private static long number(Map<?, ?> map, String key) {
      return ((Number) Objects.requireNonNull(map.get(key), "no \"" + key + "\"")).longValue();
    }
  }
}
