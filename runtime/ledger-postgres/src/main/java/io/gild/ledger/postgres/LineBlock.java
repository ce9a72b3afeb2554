package io.gild.ledger.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Some whole lines of a file.
 *
 * @param lines the lines without their line feeds
 * @param bytes their length with the line feeds; 0 if no whole line follows
 */
record LineBlock(List<String> lines, int bytes) {

  private static final int USUAL_BYTES = 1 << 18;

  /** A longer line is none that a ledger has written. */
  private static final int MOST_BYTES = 1 << 26;

  static LineBlock read(FileChannel file, long position) throws IOException {
    for (int bytes = USUAL_BYTES; ; bytes *= 4) {
      ByteBuffer buffer = ByteBuffer.allocate(bytes);
      int length = fill(file, position, buffer);
      int end = length;
      while (end > 0 && buffer.get(end - 1) != '\n') {
        end--;
      }
      if (end == 0 && length == MOST_BYTES) {
        throw new IOException("a line of the ledger is longer than " + MOST_BYTES + " bytes");
      }
      if (end > 0 || length < bytes) {
        String text = new String(buffer.array(), 0, end, StandardCharsets.UTF_8);
        return new LineBlock(text.lines().toList(), end);
      }
    }
  }

  private static int fill(FileChannel file, long position, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining() && file.read(buffer, position + buffer.position()) >= 0) {
      // a read may return less than there is
    }
    return buffer.position();
  }
}
