package io.gild.recipes;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openrewrite.jgit.diff.Edit;
import org.openrewrite.jgit.diff.EditList;
import org.openrewrite.jgit.diff.HistogramDiff;
import org.openrewrite.jgit.diff.RawText;
import org.openrewrite.jgit.diff.RawTextComparator;

/**
 * A text file whose bytes outside of edits are kept, whatever its encoding and line ends.
 *
 * @param bytes the file
 * @param charset UTF-8, or ISO-8859-1 if the bytes are not valid UTF-8
 */
record SourceText(byte[] bytes, Charset charset) {

  private static final String MARK = "\uFEFF";

  static SourceText of(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return new SourceText(bytes, StandardCharsets.UTF_8);
    } catch (CharacterCodingException other) {
      return new SourceText(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  /** Returns the text with the line ends of Unix, without a byte order mark. */
  String text() {
    String text = new String(bytes, charset).replace("\r\n", "\n");
    return text.startsWith(MARK) ? text.substring(1) : text;
  }

  /** Returns the bytes of a changed text: unchanged lines exactly as they were. */
  byte[] edited(String changed) {
    boolean marked = new String(bytes, charset).startsWith(MARK);
    byte[] normal = ((marked ? MARK : "") + text()).getBytes(charset);
    byte[] after = ((marked ? MARK : "") + changed.replace("\r\n", "\n")).getBytes(charset);
    List<byte[]> original = lines(bytes);
    List<byte[]> changedLines = lines(after);
    RawText a = new RawText(normal);
    RawText b = new RawText(after);
    EditList edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, a, b);
    boolean windows = hasWindowsLineEnds();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int line = 0;
    for (Edit edit : edits) {
      copy(original, line, edit.getBeginA(), out);
      for (int i = edit.getBeginB(); i < edit.getEndB(); i++) {
        write(changedLines.get(i), windows, out);
      }
      line = edit.getEndA();
    }
    copy(original, line, original.size(), out);
    return out.toByteArray();
  }

  private boolean hasWindowsLineEnds() {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int first = text.indexOf('\n');
    return first > 0 && text.charAt(first - 1) == '\r';
  }

  private static void copy(List<byte[]> lines, int from, int to, ByteArrayOutputStream out) {
    lines.subList(from, to).forEach(out::writeBytes);
  }

  private static void write(byte[] line, boolean windows, ByteArrayOutputStream out) {
    boolean ends = line.length > 0 && line[line.length - 1] == '\n';
    out.write(line, 0, ends ? line.length - 1 : line.length);
    if (ends) {
      out.writeBytes((windows ? "\r\n" : "\n").getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Splits at line feeds, which end their lines. */
  private static List<byte[]> lines(byte[] bytes) {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        lines.add(Arrays.copyOfRange(bytes, start, i + 1));
        start = i + 1;
      }
    }
    if (start < bytes.length) {
      lines.add(Arrays.copyOfRange(bytes, start, bytes.length));
    }
    return lines;
  }
}
