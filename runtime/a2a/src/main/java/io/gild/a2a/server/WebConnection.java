package io.gild.a2a.server;

import io.gild.core.GildLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A connection: one request at a time, and what waits to be written.
 *
 * <p>The listener's thread reads; any thread writes, and never waits for the client.
 */
final class WebConnection {

  private static final int MOST_PER_WRITE = 128 * 1_024;
  private static final int MOST_AHEAD = 64 * 1_024;
  private static final byte[] GO_ON =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final WebServer server;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final WebInput input;
  private final ByteArrayOutputStream ahead = new ByteArrayOutputStream();
  private final Deque<ByteBuffer> out = new ArrayDeque<>();
  private long queued;
  private boolean closesWhenWritten;
  private boolean closed;
  private @Nullable Runnable onClose;
  private boolean ended;
  private volatile boolean busy;
  private volatile @Nullable WebStream stream;
  private volatile long lastRead;
  private volatile long lastWrite;
  private volatile long requestStart;

  WebConnection(WebServer server, SocketChannel channel, SelectionKey key, WebInput input) {
    this.server = server;
    this.channel = channel;
    this.key = key;
    this.input = input;
    this.lastRead = server.now();
    this.lastWrite = lastRead;
    this.requestStart = lastRead;
  }

  /** Reads what has arrived; the listener's thread calls it. */
  void readable(ByteBuffer buffer) {
    try {
      buffer.clear();
      int count = channel.read(buffer);
      if (count < 0) {
        inputEnded();
        return;
      }
      lastRead = server.now();
      buffer.flip();
      if (busy) {
        keep(buffer);
      } else {
        feed(buffer);
      }
    } catch (IOException gone) {
      close();
    }
  }

  /** A client that has sent its request may still wait for the answer; a stream's has left. */
  private void inputEnded() {
    if (!busy || stream != null) {
      close();
      return;
    }
    ended = true;
    interest(SelectionKey.OP_READ, false);
  }

  private void keep(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    ahead.writeBytes(bytes);
    if (ahead.size() >= MOST_AHEAD) {
      interest(SelectionKey.OP_READ, false);
    }
  }

  private void feed(ByteBuffer in) {
    try {
      if (!input.isUnderWay()) {
        requestStart = server.now();
      }
      WebRequest request = input.read(in);
      if (input.takeGoOn()) {
        write(ByteBuffer.wrap(GO_ON));
      }
      if (request != null) {
        busy = true;
        ahead.reset();
        keep(in);
        dispatch(request);
      }
    } catch (WebProblem problem) {
      busy = true;
      WebAnswer answer = new WebAnswer(this, server.limits(), "GET", false, true);
      answer.send(problem.status(), WebAnswer.TEXT, String.valueOf(problem.getMessage()));
    }
  }

  private void dispatch(WebRequest request) {
    WebHead head = input.head();
    boolean stays = head != null && head.persistent();
    boolean old = head != null && head.old();
    input.release();
    server.dispatch(request, new WebAnswer(this, server.limits(), request.method(), stays, !old));
  }

  /** Ends the answer to a request; the next one may be read. */
  void answered(boolean stays) {
    if (stays) {
      server.execute(this::readNext);
    } else {
      closeWhenWritten();
    }
  }

  private void closeWhenWritten() {
    synchronized (this) {
      closesWhenWritten = true;
    }
    flush();
  }

  private void readNext() {
    busy = false;
    input.reset();
    lastRead = server.now();
    requestStart = lastRead;
    byte[] pending = ahead.toByteArray();
    ahead.reset();
    interest(SelectionKey.OP_READ, !ended);
    if (pending.length > 0) {
      feed(ByteBuffer.wrap(pending));
    }
    if (ended && !busy) {
      closeWhenWritten();
    }
  }

  void streams(WebStream begun, Runnable closing) {
    synchronized (this) {
      if (!closed) {
        stream = begun;
        onClose = closing;
        return;
      }
    }
    closing.run();
  }

  void streamEnded() {
    synchronized (this) {
      onClose = null;
      stream = null;
    }
  }

  /**
   * Queues bytes.
   *
   * @return whether the connection is open
   */
  boolean write(ByteBuffer bytes) {
    synchronized (this) {
      if (closed) {
        return false;
      }
      if (out.isEmpty()) {
        lastWrite = server.now();
      }
      out.add(bytes);
      queued += bytes.remaining();
      if (out.size() > 1) {
        return true; // the listener's thread writes already
      }
    }
    flush();
    return true;
  }

  /** Writes what fits; the rest is written when the client has read some of it. */
  void flush() {
    boolean done = false;
    synchronized (this) {
      try {
        done = writeMost() && closesWhenWritten;
      } catch (IOException gone) {
        done = true;
      }
    }
    if (done) {
      close();
    }
  }

  private boolean writeMost() throws IOException {
    ByteBuffer next;
    while (!closed && (next = out.peek()) != null) {
      ByteBuffer slice = next.duplicate();
      slice.limit(Math.min(next.limit(), next.position() + MOST_PER_WRITE));
      int count = channel.write(slice);
      next.position(next.position() + count);
      queued -= count;
      if (count > 0) {
        lastWrite = server.now();
      }
      if (!next.hasRemaining()) {
        out.poll();
      } else if (slice.hasRemaining()) {
        interest(SelectionKey.OP_WRITE, true);
        return false;
      }
    }
    interest(SelectionKey.OP_WRITE, false);
    return true;
  }

  synchronized long queued() {
    return queued;
  }

  long lastWrite() {
    return lastWrite;
  }

  /** Closes a connection that makes no progress; the listener's thread calls it. */
  void checkTimes(long now, HttpLimits limits) {
    WebStream open = stream;
    if (open != null) {
      open.keepAlive(now, limits.keepAlive().toNanos());
    }
    if (queued() > 0) {
      if (isPast(now, lastWrite, limits.writeTime())) {
        close();
      }
    } else if (!busy && input.isUnderWay()) {
      boolean headLate = input.head() == null && isPast(now, requestStart, limits.requestTime());
      if (headLate || isPast(now, lastRead, limits.requestTime())) {
        close();
      }
    } else if (!busy && isPast(now, lastRead, limits.idleTime())) {
      close();
    }
  }

  private static boolean isPast(long now, long since, Duration limit) {
    return now - since > limit.toNanos();
  }

  private void interest(int operation, boolean on) {
    try {
      int before = on ? key.interestOpsOr(operation) : key.interestOpsAnd(~operation);
      if (on && (before & operation) == 0) {
        server.wakeUp();
      }
    } catch (CancelledKeyException gone) {
      // Closed meanwhile.
    }
  }

  void close() {
    Runnable closing;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      closing = onClose;
      onClose = null;
      out.clear();
      queued = 0;
    }
    try {
      channel.close();
    } catch (IOException ignored) {
      // It is gone either way.
    }
    server.closed(this, input);
    if (closing != null) {
      try {
        closing.run();
      } catch (RuntimeException failure) {
        GildLog.faultOnce("ending a stream", failure);
      }
    }
  }
}
