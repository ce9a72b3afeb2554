package io.gild.gates;

import io.gild.config.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What gates decided, one line of JSON after another, each with the SHA-256 of itself and the line
 * before it, so that no line can be changed, removed, inserted or moved unseen.
 *
 * <p>A second file, {@code .head}, holds the number of lines and the last hash, so that a cut-off
 * tail shows, too. Whoever may write both files can write both anew; only a {@link Head} that was
 * kept elsewhere shows that, which is why {@link #append} returns it.
 *
 * <p>Safe for use by many threads and processes: one writes at a time. A writer that dies loses at
 * most the line it was writing.
 */
public final class AuditLog {

  /** One writer per JVM, for the file lock is the whole JVM's. */
  private static final Object WRITER = new Object();

  private final Path file;

  /**
   * Creates a log.
   *
   * @param file the file, made at the first line with the folders above it
   */
  public AuditLog(Path file) {
    this.file = file.toAbsolutePath();
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
    return file;
  }

  /**
   * The end of a log: keep it elsewhere, and nobody can rewrite the log unseen.
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
   * Adds a decision, and a line for each override that it made use of.
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
   * @param at the moment they happened
   * @return the new end of the log
   * @throws AuditException if the log was tampered with; then nothing is added
   * @throws UncheckedIOException if the log cannot be written
   */
  public Head append(List<? extends Map<String, ?>> events, Instant at) {
    synchronized (WRITER) {
      try {
        try (FileChannel lock = open(sibling(".lock"));
            FileLock held = lock.lock();
            FileChannel log = open(file)) {
          return held.isValid() ? write(log, events, at) : verify().head();
        }
      } catch (IOException failure) {
        throw new UncheckedIOException("Cannot write the audit log " + file, failure);
      }
    }
  }

  private Head write(FileChannel log, List<? extends Map<String, ?>> events, Instant at)
      throws IOException {
    AuditCheck check = verify();
    if (!check.intact()) {
      throw new AuditException(check);
    }
    log.truncate(check.bytes()); // a line that a dying writer left open
    log.position(check.bytes());
    Head head = check.head();
    for (Map<String, ?> event : events) {
      AuditLine line = AuditLine.after(head, at, event);
      ByteBuffer bytes = ByteBuffer.wrap((line.text() + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        log.write(bytes);
      }
      log.force(true);
      head = new Head(line.number(), line.hash());
      replaceHead(head);
    }
    return head;
  }

  /** Replaces the head in one step; a writer that dies before it leaves one line past the head. */
  private void replaceHead(Head head) throws IOException {
    Path fresh = sibling(".head.new");
    byte[] text = (head.lines() + " " + head.hash() + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel out =
        PrivateFiles.open(fresh, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
      out.write(ByteBuffer.wrap(text));
      out.force(true);
    }
    Files.move(
        fresh,
        sibling(".head"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Checks every line.
   *
   * @return what was found, with the first line that is wrong
   * @throws UncheckedIOException if the log cannot be read
   */
  public AuditCheck verify() {
    try {
      return AuditCheck.of(file, sibling(".head"));
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot read the audit log " + file, failure);
    }
  }

  /**
   * Checks every line, and that the log goes on from an end that was kept elsewhere.
   *
   * @param kept an end that {@link #append} returned
   * @return what was found, with the first line that is wrong
   * @throws UncheckedIOException if the log cannot be read
   */
  public AuditCheck verify(Head kept) {
    return verify().goesOnFrom(kept);
  }

  private Path sibling(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  private static FileChannel open(Path path) throws IOException {
    return PrivateFiles.open(path, StandardOpenOption.WRITE);
  }
}
