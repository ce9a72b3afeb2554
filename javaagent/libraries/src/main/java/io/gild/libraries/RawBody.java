package io.gild.libraries;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The body of a streamed HTTP response, which either the library decodes or the caller reads. The
 * part that the caller has read is then decoded too, so that its tokens and its end are known.
 */
final class RawBody {

  private final InputStream wire;

  /** The bytes so far; null after only the library reads. */
  private @Nullable ByteArrayOutputStream kept = new ByteArrayOutputStream();

  /** How many of them the library has read. */
  private int decoded;

  /** The bytes that the caller has read and that are still to be decoded. */
  private @Nullable InputStream left;

  RawBody(InputStream wire) {
    this.wire = wire;
  }

  /** Lets only the library read the body. */
  synchronized void decodeAlone() {
    if (left == null) {
      kept = null;
    }
  }

  /** Returns the stream that the library decodes. */
  InputStream forLibrary() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] bytes, int from, int most) throws IOException {
        InputStream source = left == null ? wire : left;
        int count = source.read(bytes, from, most);
        keep(bytes, from, count);
        if (left == null && count > 0) {
          decoded += count;
        }
        return count;
      }

      @Override
      public void close() throws IOException {
        wire.close();
      }
    };
  }

  private synchronized void keep(byte[] bytes, int from, int count) {
    if (kept != null && left == null && count > 0) {
      kept.write(bytes, from, count);
    }
  }

  /**
   * Returns the stream that the caller reads: the part that the library has decoded already, and
   * the rest.
   *
   * @param over runs when the caller is at the end, or closes the body
   */
  synchronized InputStream forCaller(Runnable over) {
    byte[] begun = kept == null ? new byte[0] : kept.toByteArray();
    return new SequenceInputStream(
        new ByteArrayInputStream(begun),
        new InputStream() {
          @Override
          public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
          }

          @Override
          public int read(byte[] bytes, int from, int most) throws IOException {
            int count = wire.read(bytes, from, most);
            keep(bytes, from, count);
            if (count < 0) {
              leave();
              over.run();
            }
            return count;
          }

          @Override
          public void close() throws IOException {
            wire.close();
            over.run();
          }
        });
  }

  private synchronized void leave() {
    if (left == null && kept != null) {
      byte[] all = kept.toByteArray();
      left = new ByteArrayInputStream(Arrays.copyOfRange(all, decoded, all.length));
    }
  }
}
