package io.gild.config;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lines of JSON that hold the SHA-256 of themselves and the line before: {@code
 * {"n":2,"prev":"...",...,"hash":"..."}}, where the hash is of all bytes before {@code ,"hash"}.
 *
 * <p>A second file, {@code FILE.head}, holds the number of lines and the last hash, so that a
 * cut-off tail is detected, too. A writer that dies leaves at most one line that is not noted
 * there.
 */
@Experimental
public final class HashChain {

  private static final String NOTHING = "0".repeat(64);
  private static final Head START = new Head(0, NOTHING);
  private static final String SEAL = ",\"hash\":\"";

  private HashChain() {}

  /**
   * The end of a chain.
   *
   * @param lines how many lines there are
   * @param hash hash of the last line in hexadecimal; zeros if there is none
   */
  public record Head(long lines, String hash) {}

  /**
   * A line whose hash is right.
   *
   * @param number its number, from 1
   * @param previous hash of the line before; zeros if there is none
   * @param hash its own hash
   * @param text the whole line
   */
  public record Link(long number, String previous, String hash, String text) {

    Head head() {
      return new Head(number, hash);
    }
  }

  /**
   * Whether a chain is unchanged since it was written.
   *
   * @param head the end of the chain, as far as it is right
   * @param noted number of lines according to the second file
   * @param problem the first error, with its line; empty if there is none
   * @param note what the last writer left unfinished when it died; empty if nothing
   * @param bytes length of the file, as far as it is right
   * @param hashes the hash of each right line
   */
  public record Check(
      Head head, long noted, String problem, String note, long bytes, List<String> hashes) {

    /** Copies the list. */
    public Check {
      hashes = List.copyOf(hashes);
    }

    /**
     * Returns whether nothing is wrong.
     *
     * @return whether every line follows the one before it, up to the end that was noted
     */
    public boolean intact() {
      return problem.isEmpty();
    }
  }

  /** A chain was changed and must not be continued. */
  public static final class BrokenException extends IOException {

    private final transient Check check;

    BrokenException(Check check) {
      super(check.problem());
      this.check = check;
    }

    /**
     * Returns what was found.
     *
     * @return the check, with the first line that is wrong
     */
    public Check check() {
      return check;
    }
  }

  /**
   * Makes the next line.
   *
   * @param head the end of the chain so far
   * @param content an object of JSON with at least one member, and none named {@code n} or {@code
   *     prev}
   * @return the line
   * @throws IllegalArgumentException if the content is anything else
   */
  public static Link link(Head head, String content) {
    if (!content.startsWith("{") || content.length() <= 2) {
      throw new IllegalArgumentException("a line must be an object of JSON, but is " + content);
    }
    String body =
        "{\"n\":"
            + (head.lines() + 1)
            + ",\"prev\":\""
            + head.hash()
            + "\","
            + content.substring(1, content.length() - 1);
    String hash = sha256(body);
    Link link = new Link(head.lines() + 1, head.hash(), hash, body + SEAL + hash + "\"}");
    if (!link.equals(read(link.text()))) {
      throw new IllegalArgumentException(
          "a line must be an object of JSON without n and prev, but is " + content);
    }
    return link;
  }

  /**
   * Reads a line.
   *
   * @param text the line
   * @return the link; {@code null} if its hash is not right
   */
  public static @Nullable Link read(String text) {
    int seal = text.lastIndexOf(SEAL);
    if (seal < 0) {
      return null;
    }
    String hash = sha256(text.substring(0, seal));
    if (!text.substring(seal).equals(SEAL + hash + "\"}")) {
      return null;
    }
    try {
      return Json.read(text) instanceof Map<?, ?> map && map.get("n") instanceof Long number
          ? new Link(number, String.valueOf(map.get("prev")), hash, text)
          : null;
    } catch (IllegalArgumentException broken) {
      return null;
    }
  }

  /**
   * Checks every line.
   *
   * @param file the file; a missing one has no lines
   * @return what was found, with the first line that is wrong
   * @throws IOException if a file cannot be read
   */
  public static Check check(Path file) throws IOException {
    Head noted = noted(headFile(file)); // before the lines, so that a new line is past it
    List<String> hashes = new ArrayList<>();
    Head head = START;
    long bytes = 0;
    try (JournalReader reader = JournalReader.open(file)) {
      for (JournalReader.Line line = reader.next(); line != null; line = reader.next()) {
        if (!line.ended()) {
          return end(file, noted, head, true, bytes, hashes);
        }
        Link link = read(line.text());
        String wrong = wrong(link, head);
        if (link == null || !wrong.isEmpty()) {
          String problem = file + ":" + line.number() + ": " + wrong;
          return new Check(head, noted.lines(), problem, "", bytes, hashes);
        }
        head = link.head();
        hashes.add(head.hash());
        bytes = line.end();
      }
    }
    return end(file, noted, head, false, bytes, hashes);
  }

  private static Check end(
      Path file, Head noted, Head found, boolean open, long bytes, List<String> hashes) {
    String problem = "";
    if (noted.lines() == Long.MAX_VALUE) {
      problem = file + ".head: this is not the end of a log";
    } else if (found.lines() < noted.lines()) {
      problem =
          file
              + ":"
              + found.lines()
              + ": the log ends here, but had "
              + noted.lines()
              + (noted.lines() == 1 ? " line" : " lines")
              + ": its tail was cut off";
    } else if (found.lines() > noted.lines() + 1) {
      problem =
          file
              + ":"
              + (noted.lines() + 1)
              + ": this line and those after it were added past the end that was noted";
    } else if (noted.lines() > 0 && !hashes.get((int) noted.lines() - 1).equals(noted.hash())) {
      problem = file + ":" + noted.lines() + ": this is not the line that was noted";
    }
    String note = "";
    if (open) {
      note = "The line after line " + found.lines() + " is unfinished: its writer died.";
    } else if (found.lines() > noted.lines()) {
      note = "Line " + found.lines() + " is not noted yet: its writer died, or is at work.";
    }
    return new Check(found, noted.lines(), problem, note, bytes, hashes);
  }

  private static String wrong(@Nullable Link link, Head before) {
    long expected = before.lines() + 1;
    if (link == null) {
      return "this line was changed";
    }
    if (link.number() > expected) {
      return "this line has number " + link.number() + ": lines were removed or moved";
    }
    if (link.number() < expected) {
      return "this line has number " + link.number() + ": lines were inserted or moved";
    }
    return link.previous().equals(before.hash())
        ? ""
        : "this line does not follow the one before it: one of them was replaced";
  }

  /** Notes the end in one step; a writer that dies before it leaves one line past the head. */
  static void note(Path file, Head head) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".head.new");
    PrivateFiles.append(fresh).close();
    try (FileOutputStream out = new FileOutputStream(fresh.toFile())) { // ignores interrupts
      out.write((head.lines() + " " + head.hash() + "\n").getBytes(StandardCharsets.UTF_8));
      out.getFD().sync();
    }
    Files.move(
        fresh, headFile(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Head noted(Path file) throws IOException {
    if (!Files.exists(file)) {
      return START;
    }
    String[] words = Files.readString(file).strip().split(" ");
    try {
      return new Head(Long.parseLong(words[0]), words[1]);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException broken) {
      return new Head(Long.MAX_VALUE, "unreadable"); // another program must have written it
    }
  }

  private static Path headFile(Path file) {
    return file.resolveSibling(file.getFileName() + ".head");
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** Returns the end of a chain without lines. */
  static Head start() {
    return START;
  }
}
