package io.gild.a2a.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A stream of server-sent events.
 *
 * <p>A client that does not read is disconnected when more than the limit waits for it; the events
 * of others never wait.
 */
final class WebStream {

  private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NOTHING = {};
  private static final byte[] CRLF = {'\r', '\n'};

  private final WebConnection connection;
  private final int mostBytes;
  private final boolean stays;
  private final boolean chunks;
  private final AtomicBoolean ended = new AtomicBoolean();

  WebStream(WebConnection connection, int mostBytes, boolean stays, boolean chunks) {
    this.connection = connection;
    this.mostBytes = mostBytes;
    this.stays = stays;
    this.chunks = chunks;
  }

  /** Sets what runs when the client has left. */
  void onClose(Runnable closing) {
    connection.streams(this, closing);
  }

  /**
   * Sends an event. The last one and the end of the answer are one segment, so that a client that
   * stops reading behind it does not see a connection that breaks off.
   *
   * @param data one line
   */
  void send(String data, boolean last) {
    if (ended.get()) {
      return;
    }
    if (connection.queued() > mostBytes) {
      connection.close();
      return;
    }
    ByteArrayOutputStream event = new ByteArrayOutputStream(data.length() + 16);
    event.writeBytes("data: ".getBytes(StandardCharsets.US_ASCII));
    event.writeBytes(data.getBytes(StandardCharsets.UTF_8));
    event.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
    if (!last) {
      connection.write(ByteBuffer.wrap(framed(event.toByteArray(), NOTHING)));
    } else if (ended.compareAndSet(false, true)) {
      finish(framed(event.toByteArray(), chunks ? LAST_CHUNK : NOTHING));
    }
  }

  /** Sends a comment, so that neither side takes the connection for dead. */
  void keepAlive(long now, long silence) {
    if (!ended.get() && now - connection.lastWrite() > silence && connection.queued() == 0) {
      connection.write(ByteBuffer.wrap(framed(COMMENT, NOTHING)));
    }
  }

  /** Ends the stream; the connection can be used for the next request. */
  void end() {
    if (ended.compareAndSet(false, true)) {
      finish(chunks ? LAST_CHUNK : NOTHING);
    }
  }

  private void finish(byte[] bytes) {
    connection.streamEnded();
    connection.write(ByteBuffer.wrap(bytes));
    connection.answered(stays && chunks);
  }

  private byte[] framed(byte[] bytes, byte[] behind) {
    if (!chunks) {
      return bytes;
    }
    byte[] size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer chunk = ByteBuffer.allocate(size.length + bytes.length + 2 + behind.length);
    chunk.put(size).put(bytes).put(CRLF).put(behind);
    return chunk.array();
  }
}
