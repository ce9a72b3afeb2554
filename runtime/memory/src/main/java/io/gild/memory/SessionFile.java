package io.gild.memory;

import io.gild.config.Journal;
import io.gild.config.JournalReader;
import io.gild.config.Json;
import io.gild.config.PrivateFiles;
import io.gild.core.GildLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The file of one session: a first line that names the session, and one line for each change. A
 * line that a dying writer left unfinished was never acknowledged and is ignored.
 *
 * @param path the file; it need not exist
 * @param key the session
 */
record SessionFile(Path path, SessionKey key) {

  private static final int VERSION = 1;

  /** So many bytes out of date are not worth a rewrite. */
  private static final long SMALL = 64L << 10;

  /** Reads the session; {@code null} if there is no file. */
  @Nullable SessionState load() throws IOException {
    SessionState[] found = new SessionState[1];
    read(
        path,
        (owner, state) -> {
          if (owner.equals(key)) {
            found[0] = state;
          }
        });
    return found[0];
  }

  static void visit(Path path, BiConsumer<SessionKey, SessionState> visitor) throws IOException {
    read(path, visitor);
  }

  private static void read(Path path, BiConsumer<SessionKey, SessionState> visitor)
      throws IOException {
    SessionState state = new SessionState();
    SessionKey owner = null;
    try (JournalReader lines = JournalReader.open(path)) {
      for (JournalReader.Line line = lines.next(); line != null; line = lines.next()) {
        if (owner == null) {
          owner = owner(path, line);
        } else if (line.isJson()) {
          accept(path, line, state);
        } else {
          GildLog.infoOnce(
              "%s, line %d: unfinished, so it was never acknowledged and is ignored"
                  .formatted(path, line.number()));
        }
      }
    }
    if (owner != null) {
      visitor.accept(owner, state);
    }
  }

  private static @Nullable SessionKey owner(Path path, JournalReader.Line line) throws IOException {
    if (!line.isJson()) {
      return null; // the writer died in the first line, so nothing was acknowledged
    }
    try {
      Map<String, Object> json = JsonFields.read(line.text());
      long version = JsonFields.number(json, "gild-session", 0);
      if (version != VERSION) {
        throw new IllegalArgumentException(
            "a session file of version %d; this version of Gild reads version %d"
                .formatted(version, VERSION));
      }
      return new SessionKey(
          JsonFields.text(json, "tenant"),
          JsonFields.text(json, "agent"),
          JsonFields.text(json, "session"));
    } catch (IllegalArgumentException invalid) {
      throw new IOException(path + ", line 1: " + invalid.getMessage(), invalid);
    }
  }

  private static void accept(Path path, JournalReader.Line line, SessionState state)
      throws IOException {
    try {
      state.accept(SessionJson.effect(JsonFields.read(line.text())));
    } catch (IllegalArgumentException invalid) {
      throw new IOException(
          "%s, line %d: %s".formatted(path, line.number(), invalid.getMessage()), invalid);
    }
  }

  void append(SessionEffect effect) throws IOException {
    String line = SessionJson.line(effect);
    if (!Files.exists(path)) {
      PrivateFiles.write(path, header() + "\n" + line + "\n");
      return;
    }
    try (Journal journal = Journal.builder(path).build()) {
      journal.append(line);
    }
  }

  void rewrite(SessionState state) throws IOException {
    PrivateFiles.write(path, header() + "\n" + SessionJson.line(state.whole()) + "\n");
  }

  void rewriteIfWasteful(SessionState state) throws IOException {
    long size = Files.size(path);
    if (size > SMALL + 2 * state.bytes()) {
      rewrite(state);
    }
  }

  private String header() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("gild-session", (long) VERSION);
    json.put("tenant", key.tenant());
    json.put("agent", key.agent());
    json.put("session", key.session());
    return Json.write(json);
  }
}
