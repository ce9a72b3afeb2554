package io.gild.a2a.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads bodies of requests, within the limit of one and of all that are read at a time. */
final class BodyReader {

  private static final int FIRST_CAPACITY = 16 * 1_024;

  private final int mostBytes;
  private final BodyBudget budget;

  BodyReader(HttpLimits limits) {
    this.mostBytes = limits.maxBodyBytes();
    this.budget = new BodyBudget(limits.maxBufferedBytes());
  }

  /**
   * Reads a body to its end.
   *
   * @param length the length, or -1 if it is unknown
   * @return the body, or {@code null} if it is too large
   * @throws WebProblem if too many large bodies are read
   * @throws IOException if the connection ends before the body does, or a chunk is broken
   */
  byte @Nullable [] read(InputStream in, long length) throws WebProblem, IOException {
    if (length > mostBytes) {
      in.transferTo(OutputStream.nullOutputStream()); // a client that still writes does not read
      return null;
    }
    byte[] body = new byte[0];
    int count = 0;
    try {
      while (true) {
        if (count == body.length) {
          int capacity = capacity(count, length);
          if (capacity == count) {
            return isEnd(in, length) ? body : null;
          }
          if (!budget.take(capacity - count)) {
            throw new WebProblem(503, "the server reads too many large requests; try again later");
          }
          body = Arrays.copyOf(body, capacity);
        }
        int read = in.read(body, count, body.length - count);
        if (read < 0) {
          if (length > count) {
            throw new EOFException("the body ended after " + count + " bytes of " + length);
          }
          return Arrays.copyOf(body, count);
        }
        count += read;
      }
    } finally {
      budget.give(body.length);
    }
  }

  /** Returns the next capacity; the same if the body must end here. */
  private int capacity(int count, long length) {
    long most = length < 0 ? mostBytes : Math.min(length, mostBytes);
    return (int) Math.min(most, Math.max(FIRST_CAPACITY, 2L * count));
  }

  /** Returns whether the body ends here; reads the rest of it otherwise. */
  private static boolean isEnd(InputStream in, long length) throws IOException {
    if (length == 0 || in.read() < 0) {
      return true;
    }
    in.transferTo(OutputStream.nullOutputStream());
    return false;
  }
}
