package io.gild.gates;

import io.gild.gates.AuditLog.Head;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether an audit log is as it was written.
 *
 * @param head the end of the log, as far as it is right
 * @param problem the first thing that is wrong, with its line; empty if nothing is
 * @param note what its last writer left unfinished when it died; empty if nothing
 * @param bytes how long the log is, as far as it is right
 * @param hashes the hash of each right line
 */
public record AuditCheck(Head head, String problem, String note, long bytes, List<String> hashes) {

  /** Copies the list. */
  public AuditCheck {
    hashes = List.copyOf(hashes);
  }

  /**
   * Tells whether nothing is wrong.
   *
   * @return whether every line follows the one before it, up to the end that was noted
   */
  public boolean intact() {
    return problem.isEmpty();
  }

  static AuditCheck of(Path file, Path headFile) throws IOException {
    Head noted = head(headFile); // before the log, so that a line written meanwhile is past it
    byte[] content = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    List<String> hashes = new ArrayList<>();
    String previous = AuditLine.NOTHING;
    int start = 0;
    for (int end = next(content, start); end >= 0; end = next(content, start)) {
      String text = new String(content, start, end - start, StandardCharsets.UTF_8);
      AuditLine line = AuditLine.read(text);
      long number = hashes.size() + 1L;
      String wrong = wrong(line, number, previous);
      if (line == null || !wrong.isEmpty()) {
        String problem = file + ":" + number + ": " + wrong;
        return new AuditCheck(new Head(number - 1, previous), problem, "", start, hashes);
      }
      previous = line.hash();
      hashes.add(previous);
      start = end + 1;
    }
    boolean open = start < content.length;
    return end(file, noted, new Head(hashes.size(), previous), open, start, hashes);
  }

  private static AuditCheck end(
      Path file, Head noted, Head found, boolean open, long bytes, List<String> hashes) {
    String problem = "";
    if (noted.lines() == Long.MAX_VALUE) {
      problem = file + ".head: this is not the end of a log";
    } else if (found.lines() < noted.lines()) {
      problem =
          "%s:%d: the log ends here, but had %s: its tail was cut off"
              .formatted(file, found.lines(), Words.count(noted.lines(), "line"));
    } else if (found.lines() > noted.lines() + 1) {
      problem =
          "%s:%d: this line and those after it were added past the end that was noted"
              .formatted(file, noted.lines() + 1);
    } else if (noted.lines() > 0 && !hashes.get((int) noted.lines() - 1).equals(noted.hash())) {
      problem = "%s:%d: this is not the line that was noted".formatted(file, noted.lines());
    }
    String note = "";
    if (open) {
      note = "The line after line " + found.lines() + " is unfinished: its writer died.";
    } else if (found.lines() > noted.lines()) {
      note = "Line " + found.lines() + " is not noted yet: its writer died, or is at work.";
    }
    return new AuditCheck(found, problem, note, bytes, hashes);
  }

  private static String wrong(@Nullable AuditLine line, long expected, String previous) {
    if (line == null) {
      return "this line was changed";
    }
    if (line.number() > expected) {
      return "this line has number %d: lines were removed or moved".formatted(line.number());
    }
    if (line.number() < expected) {
      return "this line has number %d: lines were inserted or moved".formatted(line.number());
    }
    return line.previous().equals(previous)
        ? ""
        : "this line does not follow the one before it: one of them was replaced";
  }

  AuditCheck goesOnFrom(Head kept) {
    if (!intact() || kept.lines() == 0) {
      return this;
    }
    boolean there =
        kept.lines() <= hashes.size() && hashes.get((int) kept.lines() - 1).equals(kept.hash());
    return there
        ? this
        : new AuditCheck(
            head,
            "line %d is not the one that was kept: the log was written anew"
                .formatted(kept.lines()),
            note,
            bytes,
            hashes);
  }

  private static Head head(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new Head(0, AuditLine.NOTHING);
    }
    String[] words = Files.readString(file).strip().split(" ");
    try {
      return new Head(Long.parseLong(words[0]), words[1]);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException broken) {
      return new Head(Long.MAX_VALUE, "unreadable"); // nobody but a stranger wrote it
    }
  }

  private static int next(byte[] content, int from) {
    for (int i = from; i < content.length; i++) {
      if (content[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
