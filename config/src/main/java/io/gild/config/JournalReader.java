package io.gild.config;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a {@link Journal} in their order, one at a time.
 *
 * <p>Holds one line in memory. Bytes that are not UTF-8 are read as U+FFFD. Writers may add lines
 * meanwhile. Not thread-safe.
 */
@Experimental
public final class JournalReader implements Closeable {

  private final InputStream in;
  private final byte[] buffer = new byte[8_192];
  private int from;
  private int to;
  private long number;
  private long offset;

  private JournalReader(InputStream in) {
    this.in = in;
  }

  /**
   * Opens a journal.
   *
   * @param file the file; a missing one has no lines
   * @return the reader, before the first line
   * @throws IOException if the file cannot be read
   */
  public static JournalReader open(Path file) throws IOException {
    return new JournalReader(
        Files.exists(file) ? Files.newInputStream(file) : InputStream.nullInputStream());
  }

  /**
   * Reads all lines.
   *
   * @param file the file; a missing one has no lines
   * @return the lines, the first one first
   * @throws IOException if the file cannot be read
   */
  public static List<Line> all(Path file) throws IOException {
    List<Line> lines = new ArrayList<>();
    try (JournalReader reader = open(file)) {
      for (Line line = reader.next(); line != null; line = reader.next()) {
        lines.add(line);
      }
    }
    return lines;
  }

  /**
   * A line.
   *
   * @param number number of the line, from 1
   * @param text the line without its line feed
   * @param end offset in bytes of what follows the line
   * @param ended whether a line feed ends the line; only the last line may lack one
   */
  public record Line(long number, String text, long end, boolean ended) {

    /**
     * Returns whether the line is a value of JSON.
     *
     * @return false for an empty line, and for text that is not JSON
     */
    public boolean isJson() {
      try {
        Json.read(text);
        return !text.isBlank();
      } catch (IllegalArgumentException other) {
        return false;
      }
    }

    /**
     * Returns whether a writer died while it wrote this line, or is writing it now.
     *
     * @return whether the line has no line feed and is not JSON
     */
    public boolean isTorn() {
      return !ended && !isJson();
    }
  }

  /**
   * Reads the next line.
   *
   * @return the line, also one that is empty, torn or not JSON; {@code null} after the last one
   * @throws IOException if the file cannot be read
   */
  public @Nullable Line next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (from < to || fill()) {
      int end = lineFeed();
      line.write(buffer, from, end - from);
      from = end;
      if (end < to) {
        from++;
        return line(line, true);
      }
    }
    return line.size() == 0 ? null : line(line, false);
  }

  private boolean fill() throws IOException {
    from = 0;
    to = Math.max(0, in.read(buffer));
    return to > 0;
  }

  private int lineFeed() {
    int end = from;
    while (end < to && buffer[end] != '\n') {
      end++;
    }
    return end;
  }

  private Line line(ByteArrayOutputStream bytes, boolean ended) {
    number++;
    offset += bytes.size() + (ended ? 1 : 0);
    return new Line(number, bytes.toString(StandardCharsets.UTF_8), offset, ended);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
