package io.gild.twin;

import io.gild.config.Json;
import io.gild.memory.SessionJson;
import io.gild.memory.SessionMessage;
import io.gild.vectors.VectorSpace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a twin: a header, the sections, and a last line with the numbers of lines and
 * the SHA-256 of all before. Not thread-safe.
 */
final class TwinLines {

  static final int VERSION = 1;
  static final String HEADER = "gild-twin";
  static final String END = "end";

  private final TwinVisitor visitor;
  private final MessageDigest digest = Sha256.digest();
  private final Map<String, Long> counts = new TreeMap<>();
  private final List<TwinMethod> methods = new ArrayList<>();
  private final List<TwinModel> models = new ArrayList<>();
  private final List<TwinPrompt> prompts = new ArrayList<>();
  private final Map<String, String> breakers = new TreeMap<>();
  private final Map<String, String> absent = new TreeMap<>();
  private final List<SessionMessage> messages = new ArrayList<>();
  private Map<String, Object> header = Map.of();
  private Map<String, Object> settings = Map.of();
  private @Nullable TwinFigures figures;
  private @Nullable VectorSpace space;
  private @Nullable Map<String, Object> session;
  private boolean ended;

  private TwinLines(TwinVisitor visitor) {
    this.visitor = visitor;
  }

  /**
   * Reads and checks a whole file.
   *
   * @throws TwinException if it is not a whole, unchanged twin of this version
   */
  static Twin read(Path file, TwinVisitor visitor) {
    TwinLines lines = new TwinLines(visitor);
    int number = 0;
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        lines.line(number, line);
      }
      lines.requireEnd();
      return lines.twin();
    } catch (IOException failure) {
      throw new TwinException("Cannot read " + file + ": " + failure, failure);
    } catch (IllegalArgumentException | NullPointerException | ClassCastException wrong) {
      throw new TwinException(
          "%s, line %d: %s. Nothing was changed. Take a new snapshot, or use another copy of the file."
              .formatted(file, number, wrong.getMessage()),
          wrong);
    }
  }

  private void line(int number, String line) {
    Map<String, Object> json = TwinJson.object(Json.read(line));
    if (number == 1) {
      header(json);
    } else if (ended) {
      throw new IllegalArgumentException("there is a line behind the end of the twin");
    } else if (json.containsKey(END)) {
      end(TwinJson.object(json.get(END)));
      return;
    } else if (json.size() == 1) {
      Map.Entry<String, Object> only = json.entrySet().iterator().next();
      counts.merge(only.getKey(), 1L, Long::sum);
      part(only.getKey(), TwinJson.object(only.getValue()));
    } else {
      throw new IllegalArgumentException("expected one part of a twin, such as {\"memory\":…}");
    }
    digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void header(Map<String, Object> json) {
    if (!(json.get(HEADER) instanceof Number version)) {
      throw new IllegalArgumentException(
          "not a twin: the first line must hold \"%s\", as gild twin snapshot writes it"
              .formatted(HEADER));
    }
    if (version.longValue() != VERSION) {
      throw new IllegalArgumentException(
          "a twin of version %s; this version of Gild reads version %d"
              .formatted(version, VERSION));
    }
    header = json;
    if (json.get("vectors") != null) {
      space =
          new VectorSpace(
              TwinJson.text(json, "vectors"), (int) TwinJson.number(json, "dimensions"));
    }
  }

  private void part(String kind, Map<String, Object> json) {
    if (kind.equals("message")) {
      message(json);
      return;
    }
    requireMessages();
    switch (kind) {
      case "settings" -> settings = json;
      case "method" -> methods.add(TwinJson.method(json));
      case "model" -> models.add(TwinJson.model(json));
      case "prompt" -> prompts.add(TwinJson.prompt(json));
      case "breaker" -> breakers.put(TwinJson.text(json, "name"), TwinJson.text(json, "state"));
      case "figures" -> figures = TwinJson.figures(json);
      case "absent" -> absent.put(TwinJson.text(json, "section"), TwinJson.text(json, "why"));
      case "memory" ->
          visitor.memory(
              TwinJson.memory(
                  json, Objects.requireNonNull(space, "the header names no vectors").dimensions()));
      case "session" -> {
        session = json;
        passOn();
      }
      default -> throw new IllegalArgumentException("\"" + kind + "\" is not a part of a twin");
    }
  }

  private void message(Map<String, Object> json) {
    if (session == null) {
      throw new IllegalArgumentException("a message that belongs to no session");
    }
    messages.add(SessionJson.message(json));
    passOn();
  }

  /** Passes on a session that is complete. */
  private void passOn() {
    Map<String, Object> present = session;
    if (present != null && messages.size() == TwinJson.number(present, "messages")) {
      visitor.session(TwinJson.session(present, messages));
      messages.clear();
      session = null;
    }
  }

  private void requireMessages() {
    Map<String, Object> present = session;
    if (present != null) {
      throw new IllegalArgumentException(
          "session %s has %d messages; expected %d"
              .formatted(
                  present.get("session"), messages.size(), TwinJson.number(present, "messages")));
    }
  }

  private void end(Map<String, Object> json) {
    requireMessages();
    Map<String, Object> expected = TwinJson.object(json.get("lines"));
    if (!Json.write(expected).equals(Json.write(counts))) {
      throw new IllegalArgumentException(
          "the twin has the lines %s; its end expects %s"
              .formatted(Json.write(counts), Json.write(expected)));
    }
    String sum = HexFormat.of().formatHex(digest.digest());
    if (!sum.equals(TwinJson.text(json, "sha256"))) {
      throw new IllegalArgumentException(
          "the twin was changed after it was written: its SHA-256 is %s; its end expects %s"
              .formatted(sum, json.get("sha256")));
    }
    ended = true;
  }

  private void requireEnd() {
    if (!ended) {
      throw new IllegalArgumentException(
          header.isEmpty()
              ? "the file is empty"
              : "the twin was cut off: its last line is missing");
    }
  }

  private Twin twin() {
    Instant taken = TwinJson.instant(header, "taken");
    return new Twin(
        TwinJson.text(header, "agent"),
        TwinJson.text(header, "version"),
        taken,
        space,
        TwinJson.tree(settings),
        methods,
        models,
        prompts,
        breakers,
        figures,
        absent);
  }
}
