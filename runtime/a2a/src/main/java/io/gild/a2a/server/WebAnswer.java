package io.gild.a2a.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** The answer to a request, given once, by any thread. */
final class WebAnswer {

  static final Map<String, String> TEXT = Map.of("Content-Type", "text/plain; charset=utf-8");
  static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  private final WebConnection connection;
  private final HttpLimits limits;
  private final boolean head;
  private final boolean stays;
  private final boolean chunks;
  private final AtomicBoolean given = new AtomicBoolean();

  WebAnswer(
      WebConnection connection, HttpLimits limits, String method, boolean stays, boolean chunks) {
    this.connection = connection;
    this.limits = limits;
    this.head = method.equals("HEAD");
    this.stays = stays;
    this.chunks = chunks;
  }

  void send(int status, Map<String, String> headers, String body) {
    send(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with a body; does nothing if there was an answer before. */
  void send(int status, Map<String, String> headers, byte[] body) {
    if (!given.compareAndSet(false, true)) {
      return;
    }
    boolean bodiless = status == 204 || status == 304;
    StringBuilder text = head(status, headers, stays);
    if (!bodiless) {
      text.append("Content-Length: ").append(body.length).append("\r\n");
    }
    byte[] start = text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    int length = bodiless || head ? 0 : body.length;
    ByteBuffer bytes = ByteBuffer.allocate(start.length + length);
    bytes.put(start).put(body, 0, length).flip(); // one segment: no wait for an acknowledgement
    connection.write(bytes);
    connection.answered(stays);
  }

  /**
   * Answers with a stream of events.
   *
   * @throws IllegalStateException if there was an answer before
   */
  WebStream stream() {
    if (!given.compareAndSet(false, true)) {
      throw new IllegalStateException("the request was answered before");
    }
    Map<String, String> headers =
        Map.of("Content-Type", "text/event-stream", "Cache-Control", "no-cache");
    StringBuilder text = head(200, headers, stays && chunks);
    if (chunks) {
      text.append("Transfer-Encoding: chunked\r\n");
    }
    byte[] start = text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    connection.write(ByteBuffer.wrap(start));
    return new WebStream(connection, limits.maxStreamBytes(), stays, chunks);
  }

  private static StringBuilder head(int status, Map<String, String> headers, boolean stays) {
    StringBuilder text = new StringBuilder(256);
    text.append("HTTP/1.1 ").append(status).append(' ').append(reason(status)).append("\r\n");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    text.append(stays ? "Connection: keep-alive\r\n" : "Connection: close\r\n");
    return text;
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 204 -> "No Content";
      case 304 -> "Not Modified";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 505 -> "HTTP Version Not Supported";
      default -> "Status";
    };
  }
}
