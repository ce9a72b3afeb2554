package io.gild.recording;

import io.gild.config.Experimental;
import io.gild.config.Journal;
import io.gild.config.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds the lines of a recording to a {@linkplain Cassette cassette}, each completely, its header
 * first; safe for use by many threads, and by several JVMs that write the same file.
 */
@Experimental
public final class CassetteWriter {

  private final Journal journal;
  private final Map<String, Object> header = new LinkedHashMap<>();
  private volatile boolean headed;

  /**
   * Creates a writer; touches no file.
   *
   * @param file the cassette, readable only by its owner; created with the first line
   * @param maxBytes maximum size of the file
   * @param session the name of the recording, which each of its lines repeats
   * @param patterns regular expressions that it scrubs in addition to the known kinds
   * @param personal whether it scrubs personal data as well
   */
  public CassetteWriter(
      Path file, long maxBytes, String session, List<String> patterns, boolean personal) {
    this.journal = Journal.builder(file).endingAt(maxBytes).build();
    header.put(Cassette.HEADER, Cassette.VERSION);
    header.put("session", session);
    header.put("java", System.getProperty("java.version", ""));
    header.put("scrub", patterns);
    header.put("scrub-pii", personal);
  }

  /**
   * Adds a line.
   *
   * @param line plain values
   * @return whether it was added: a line that is nested too deeply for the reader is left out
   * @throws Journal.FullException if the file has no room for the line
   * @throws IOException if the line cannot be written
   */
  public boolean write(Map<String, @Nullable Object> line) throws IOException {
    String json = Json.write(line);
    if (!headed) {
      writeHeader();
    }
    if (!isReadable(json)) {
      return false;
    }
    journal.append(json);
    return true;
  }

  private synchronized void writeHeader() throws IOException {
    if (!headed) {
      header.put("recorded-at", Instant.now().toString());
      journal.append(Json.write(header));
      headed = true;
    }
  }

  /** Returns whether a reader supports the depth; one line must not make all others unreadable. */
  private static boolean isReadable(String json) {
    int depth = 0;
    boolean text = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (text) {
        i += c == '\\' ? 1 : 0;
        text = c != '"';
      } else if (c == '"') {
        text = true;
      } else if (c == '{' || c == '[') {
        depth++;
        if (depth > Json.MOST_DEPTH) {
          return false;
        }
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
    return true;
  }
}
