package io.gild.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** The response side of a connection, with all ways in which a response can fail. */
final class WireResponse {

  private static final Map<Integer, String> REASONS =
      Map.of(
          200, "OK",
          400, "Bad Request",
          404, "Not Found",
          405, "Method Not Allowed",
          429, "Too Many Requests",
          500, "Internal Server Error",
          503, "Service Unavailable");

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private boolean closed;

  WireResponse(Socket socket, InputStream in, OutputStream out) {
    this.socket = socket;
    this.in = in;
    this.out = out;
  }

  boolean isClosed() {
    return closed;
  }

  /** Sends a complete response. */
  void send(int status, String type, String body, Map<String, String> headers) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    head(status, type, "Content-Length: " + bytes.length, headers);
    out.write(bytes);
    out.flush();
  }

  /** Announces a complete response, sends half of it and closes the connection. */
  void sendHalf(String type, String body) throws IOException {
    half(type, body);
    cut();
  }

  /** Announces a complete response, sends half of it and {@linkplain #stall stalls}. */
  void stallHalf(String type, String body, Duration bound) throws IOException {
    half(type, body);
    out.flush();
    stall(bound);
  }

  private void half(String type, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    head(200, type, "Content-Length: " + bytes.length, Map.of());
    out.write(bytes, 0, bytes.length / 2);
  }

  /** Starts a response whose length is not known yet. */
  void startStream(String type) throws IOException {
    head(200, type, "Transfer-Encoding: chunked", Map.of("Cache-Control", "no-cache"));
    out.flush();
  }

  /** Sends a chunk of a started stream. */
  void write(String chunk, Charset charset) throws IOException {
    write(chunk.getBytes(charset));
  }

  /** Sends bytes of a started stream. */
  void write(byte[] bytes) throws IOException {
    out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(bytes);
    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** Ends a started stream properly. */
  void endStream() throws IOException {
    out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** Closes the connection in the middle of the response. */
  void cut() throws IOException {
    closed = true;
    out.flush();
    socket.close();
  }

  /** Resets the connection: with a linger of 0, close sends RST instead of FIN. */
  void reset() throws IOException {
    closed = true;
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Holds the connection without sending anything until the client leaves or the limit is over. */
  void stall(Duration bound) throws IOException {
    closed = true;
    socket.setSoTimeout((int) Math.max(1, bound.toMillis()));
    try {
      in.read();
    } catch (SocketTimeoutException | SocketException e) {
      // The limit is over, or the client has reset the connection.
    } finally {
      socket.close();
    }
  }

  private void head(int status, String type, String framing, Map<String, String> headers)
      throws IOException {
    StringBuilder head = new StringBuilder(160);
    head.append("HTTP/1.1 ").append(status).append(' ');
    head.append(REASONS.getOrDefault(status, "Status")).append("\r\n");
    head.append("Content-Type: ").append(type).append("\r\n").append(framing).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }
}
