package io.gild.a2a.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests of HTTP/1.1 from the bytes of a connection as they arrive.
 *
 * <p>Not safe for use by several threads; the one of the listener uses it.
 */
final class WebInput {

  private enum State {
    HEAD,
    FIXED,
    CHUNK_SIZE,
    CHUNK_DATA,
    CHUNK_END,
    TRAILER,
    DONE
  }

  private static final int MOST_LINE = 1_024;
  private static final int FIRST_CAPACITY = 16 * 1_024;

  private final HttpLimits limits;
  private final BodyBudget budget;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
  private State state = State.HEAD;
  private @Nullable WebHead head;
  private byte[] body = new byte[0];
  private int length;
  private long left;
  private boolean tooLarge;
  private boolean wantsGoOn;

  WebInput(HttpLimits limits, BodyBudget budget) {
    this.limits = limits;
    this.budget = budget;
  }

  /** Returns whether a request has begun and not ended. */
  boolean isUnderWay() {
    return state != State.HEAD || line.size() > 0;
  }

  /** Returns whether the client waits for leave to send the body; asks once. */
  boolean takeGoOn() {
    boolean wants = wantsGoOn;
    wantsGoOn = false;
    return wants;
  }

  @Nullable WebHead head() {
    return head;
  }

  /**
   * Reads bytes up to the end of one request.
   *
   * @return the request, or {@code null} if more bytes are needed
   */
  @Nullable WebRequest read(ByteBuffer in) throws WebProblem {
    while (in.hasRemaining() && state != State.DONE) {
      step(in);
    }
    WebHead found = head;
    if (state != State.DONE || found == null) {
      return null;
    }
    byte[] content = length == body.length ? body : Arrays.copyOf(body, length);
    return found.request().with(tooLarge ? new byte[0] : content, tooLarge);
  }

  /** Forgets the request, so that the next one can be read. */
  void reset() {
    release();
    line.reset();
    state = State.HEAD;
    head = null;
    tooLarge = false;
    wantsGoOn = false;
    left = 0;
  }

  void release() {
    budget.give(body.length);
    body = new byte[0];
    length = 0;
  }

  private void step(ByteBuffer in) throws WebProblem {
    switch (state) {
      case HEAD -> readHead(in);
      case FIXED -> {
        take(in);
        if (left == 0) {
          state = State.DONE;
        }
      }
      case CHUNK_SIZE -> {
        if (readLine(in, MOST_LINE)) {
          left = chunkSize(takeLine());
          state = left == 0 ? State.TRAILER : State.CHUNK_DATA;
        }
      }
      case CHUNK_DATA -> {
        take(in);
        if (left == 0) {
          state = State.CHUNK_END;
        }
      }
      case CHUNK_END -> {
        if (readLine(in, MOST_LINE)) {
          if (!takeLine().isEmpty()) {
            throw new WebProblem(400, "a chunk is longer than its size");
          }
          state = State.CHUNK_SIZE;
        }
      }
      case TRAILER -> {
        if (readLine(in, MOST_LINE) && takeLine().isEmpty()) {
          state = State.DONE;
        }
      }
      case DONE -> {
        // The next request is read after the answer to this one.
      }
    }
  }

  /** Collects the head up to its empty line; empty lines before it are skipped (RFC 9112, 2.2). */
  private void readHead(ByteBuffer in) throws WebProblem {
    while (in.hasRemaining()) {
      int b = in.get();
      line.write(b);
      if (line.size() > limits.maxHeadBytes()) {
        throw new WebProblem(431, "the head must not be longer than " + limits.maxHeadBytes());
      }
      if (b == '\n') {
        String text = line.toString(StandardCharsets.ISO_8859_1);
        if (text.equals("\r\n") || text.equals("\n")) {
          line.reset();
        } else if (text.endsWith("\r\n\r\n") || text.endsWith("\n\n")) {
          line.reset();
          begin(WebHead.parse(text));
          return;
        }
      }
    }
  }

  private void begin(WebHead parsed) throws WebProblem {
    head = parsed;
    if (parsed.chunked()) {
      state = State.CHUNK_SIZE;
    } else {
      left = parsed.contentLength();
      state = left == 0 ? State.DONE : State.FIXED;
      tooLarge = left > limits.maxBodyBytes();
    }
    wantsGoOn = state != State.DONE && !tooLarge && parsed.expectsContinue();
  }

  private void take(ByteBuffer in) throws WebProblem {
    int count = (int) Math.min(left, in.remaining());
    left -= count;
    if (length + (long) count > limits.maxBodyBytes()) {
      tooLarge = true;
      release();
    }
    if (tooLarge) {
      in.position(in.position() + count);
      return;
    }
    ensure(length + count);
    in.get(body, length, count);
    length += count;
  }

  private void ensure(int needed) throws WebProblem {
    if (needed <= body.length) {
      return;
    }
    long whole = state == State.FIXED ? length + left + (needed - length) : 0;
    long grown = Math.max(Math.max(needed, FIRST_CAPACITY), 2L * body.length);
    int capacity =
        (int) Math.min(limits.maxBodyBytes(), whole > 0 ? Math.min(whole, grown) : grown);
    if (!budget.take(capacity - body.length)) {
      throw new WebProblem(503, "the server reads too many large requests; try again later");
    }
    body = Arrays.copyOf(body, capacity);
  }

  private boolean readLine(ByteBuffer in, int most) throws WebProblem {
    while (in.hasRemaining()) {
      int b = in.get();
      if (b == '\n') {
        return true;
      }
      line.write(b);
      if (line.size() > most) {
        throw new WebProblem(400, "a line of the body must not be longer than " + most);
      }
    }
    return false;
  }

  private String takeLine() {
    String text = line.toString(StandardCharsets.ISO_8859_1);
    line.reset();
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private static long chunkSize(String text) throws WebProblem {
    int end = text.indexOf(';');
    String digits = (end < 0 ? text : text.substring(0, end)).trim();
    if (digits.isEmpty() || digits.length() > 8) {
      throw new WebProblem(400, "the size of a chunk must be up to 8 hexadecimal digits");
    }
    try {
      return Long.parseUnsignedLong(digits, 16);
    } catch (NumberFormatException invalid) {
      throw new WebProblem(400, "the size of a chunk must be hexadecimal");
    }
  }
}
