package io.gild.gates;

import io.gild.config.Experimental;
import io.gild.config.HashChain;
import io.gild.config.Journal;
import io.gild.config.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The decisions of gates, one line of JSON each, with the SHA-256 of the line and the line before
 * it, so that every changed, removed, inserted or moved line is detected.
 *
 * <p>A second file, {@code .head}, holds the number of lines and the last hash, so that a cut-off
 * tail is detected, too. A person with write access to both files can rewrite both; only a {@link
 * Head} that was kept elsewhere reveals this, so {@link #append} returns it.
 *
 * <p>Safe for use by many threads and processes: one writes at a time. A writer that dies loses at
 * most the line it was writing.
 */
@Experimental
public final class AuditLog {

  private final Journal journal;

  /**
   * Creates a log.
   *
   * @param file the file, made at the first line with the folders above it
   */
  public AuditLog(Path file) {
    this.journal = Journal.builder(file).chained().build();
  }

  /**
   * Returns the log of a data directory.
   *
   * @param data the directory, as in {@code gild.data}
   * @return the log in {@code audit/gates.jsonl}
   */
  public static AuditLog in(Path data) {
    return new AuditLog(data.resolve("audit").resolve("gates.jsonl"));
  }

  /**
   * Returns the file of the log.
   *
   * @return an absolute path; it need not exist
   */
  public Path file() {
    return journal.file();
  }

  /**
   * The end of a log: a copy that is kept elsewhere reveals a rewritten log.
   *
   * @param lines how many lines there are
   * @param hash hash of the last one in hexadecimal; zeros if there is none
   */
  public record Head(long lines, String hash) {

    /** Returns {@code 12 lines, sha256:...}. */
    @Override
    public String toString() {
      return Words.count(lines, "line") + ", sha256:" + hash;
    }
  }

  /**
   * Adds a decision, and a line for each override that it used.
   *
   * @param decision the decision
   * @return the new end of the log
   * @throws AuditException if the log was tampered with; then nothing is added
   * @throws UncheckedIOException if the log cannot be written
   */
  public Head append(GateDecision decision) {
    List<Map<String, ?>> events = new ArrayList<>();
    events.add(event("gate", decision.toMap()));
    for (GateOverride override : decision.overrides()) {
      Map<String, Object> use = new LinkedHashMap<>();
      use.put("stage", decision.stage().toString());
      use.put("version", decision.version());
      use.put("agent", override.agent());
      use.put("criterion", override.criterion());
      use.put("who", override.who());
      use.put("why", override.why());
      use.put("until", override.until().toString());
      events.add(event("override", use));
    }
    return append(events, decision.at());
  }

  private static Map<String, Object> event(String kind, Map<String, ?> content) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", kind);
    event.putAll(content);
    return event;
  }

  /**
   * Adds one line per event.
   *
   * @param events values that JSON can hold, by name
   * @param at the time of the events
   * @return the new end of the log
   * @throws AuditException if the log was tampered with; then nothing is added
   * @throws UncheckedIOException if the log cannot be written
   */
  public Head append(List<? extends Map<String, ?>> events, Instant at) {
    List<String> lines = events.stream().map(event -> line(event, at)).toList();
    try {
      HashChain.Head head = journal.append(lines);
      return new Head(head.lines(), head.hash());
    } catch (HashChain.BrokenException broken) {
      throw new AuditException(AuditCheck.of(broken.check()));
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot write the audit log " + file(), failure);
    }
  }

  private static String line(Map<String, ?> event, Instant at) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("at", at.toString());
    content.putAll(event);
    return Json.write(content);
  }

  /**
   * Checks every line.
   *
   * @return what was found, with the first line that is wrong
   * @throws UncheckedIOException if the log cannot be read
   */
  public AuditCheck verify() {
    try {
      return AuditCheck.of(HashChain.check(file()));
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot read the audit log " + file(), failure);
    }
  }

  /**
   * Checks every line, and that the log continues from an end that was kept elsewhere.
   *
   * @param kept an end that {@link #append} returned
   * @return what was found, with the first line that is wrong
   * @throws UncheckedIOException if the log cannot be read
   */
  public AuditCheck verify(Head kept) {
    return verify().goesOnFrom(kept);
  }
}
