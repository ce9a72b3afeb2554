package io.gild.a2a.server;

import com.sun.net.httpserver.HttpExchange;
import io.gild.core.GildLog;
import io.gild.core.spi.Clock;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A stream of server-sent events. A worker writes while there are events, and none waits for more.
 *
 * <p>A client that does not read is disconnected when more than the limit waits for it; the events
 * of others never wait.
 */
final class WebStream {

  private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

  private final WebExchange exchange;
  private final HttpLimits limits;
  private final Clock clock;
  private ByteArrayOutputStream queue = new ByteArrayOutputStream(0);
  private long lastWrite;
  private int beingWritten;
  private boolean begun;
  private boolean ended;
  private boolean gone;
  private boolean writing;
  private IoDeadlines.@Nullable Watch writer;
  private @Nullable Runnable onClose;

  WebStream(WebExchange exchange, HttpLimits limits, Clock clock) {
    this.exchange = exchange;
    this.limits = limits;
    this.clock = clock;
    this.lastWrite = clock.nanoTime();
  }

  /** Sets what runs when the client has left; at once if it has. */
  void onClose(Runnable closing) {
    synchronized (this) {
      if (!gone) {
        onClose = closing;
        return;
      }
    }
    closing.run();
  }

  /**
   * Sends an event.
   *
   * @param data one line
   */
  void send(String data, boolean last) {
    add(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8), last);
  }

  /** Ends the stream; the connection can be used for the next request. */
  void end() {
    add(new byte[0], true);
  }

  /** Sends a comment, so that neither side takes the connection for dead. */
  void keepAlive(long now) {
    boolean silent;
    synchronized (this) {
      silent = !writing && now - lastWrite > limits.keepAlive().toNanos();
    }
    if (silent) {
      add(COMMENT, false);
    }
  }

  private void add(byte[] bytes, boolean last) {
    synchronized (this) {
      if (ended || gone) {
        return;
      }
      if (beingWritten + queue.size() > limits.maxStreamBytes()) {
        drop();
        return;
      }
      queue.writeBytes(bytes);
      ended = last;
      if (writing) {
        return;
      }
      writing = true;
    }
    exchange.later(this::write);
  }

  /** Disconnects the client, to which a worker writes. */
  private void drop() {
    ended = true;
    gone = true;
    queue = new ByteArrayOutputStream(0);
    if (writer != null) {
      writer.expire();
    }
  }

  private void write(IoDeadlines.Watch watch) throws IOException {
    HttpExchange http = exchange.exchange();
    watch.limit(limits.writeTime());
    if (!begun) {
      begun = true;
      http.getResponseHeaders().set("Content-Type", "text/event-stream");
      http.getResponseHeaders().set("Cache-Control", "no-cache");
      http.sendResponseHeaders(200, 0);
    }
    OutputStream out = http.getResponseBody();
    byte[] bytes = next(watch);
    while (bytes != null) {
      write(bytes, out, watch);
      out.flush();
      if (isLast()) {
        out.close(); // what waits was flushed before: its failure would be lost here
        exchange.end();
        break;
      }
      bytes = next(watch);
    }
    watch.lift();
  }

  /** Writes bytes; the time is that of each slice, so that a slow client gets the whole. */
  private void write(byte[] bytes, OutputStream out, IoDeadlines.Watch watch) throws IOException {
    for (int i = 0; i < bytes.length; i += WebResponse.SLICE) {
      int length = Math.min(WebResponse.SLICE, bytes.length - i);
      watch.limit(limits.writeTime());
      out.write(bytes, i, length);
      synchronized (this) {
        beingWritten -= length;
      }
    }
  }

  /** Returns what waits to be written, or null if the worker may leave. */
  private synchronized byte @Nullable [] next(IoDeadlines.Watch watch) throws IOException {
    if (gone) {
      throw new EOFException("the client did not read");
    }
    lastWrite = clock.nanoTime();
    writing = queue.size() > 0 || ended;
    writer = writing ? watch : null;
    beingWritten = queue.size();
    if (!writing) {
      return null;
    }
    byte[] bytes = queue.toByteArray();
    queue = new ByteArrayOutputStream(0);
    return bytes;
  }

  private synchronized boolean isLast() {
    return ended && !gone && queue.size() == 0;
  }

  /** Runs what the end of the connection causes. */
  void left() {
    Runnable closing;
    synchronized (this) {
      gone = true;
      closing = onClose;
      onClose = null;
    }
    if (closing != null) {
      try {
        closing.run();
      } catch (RuntimeException failure) {
        GildLog.faultOnce("ending a stream", failure);
      }
    }
  }
}
