package io.gild.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection to a local server that costs the client as little as possible. */
final class RawClient implements AutoCloseable {

  private static final String LENGTH = "content-length:";

  private final Socket socket;
  private final InputStream in;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends a message and returns the body of the answer. */
  String post(String path, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    send("POST " + path, "Content-Length: " + bytes.length + "\r\n", body);
    if (!line().contains(" 200 ")) {
      throw new IOException("The server did not accept " + body);
    }
    int length = -1;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(header.substring(LENGTH.length()).trim());
      }
    }
    if (length < 0) {
      throw new IOException("The answer has no Content-Length");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  /** Asks for a stream. */
  void get(String path) throws IOException {
    send("GET " + path, "", "");
  }

  private void send(String start, String header, String body) throws IOException {
    String head =
        start
            + " HTTP/1.1\r\nHost: localhost\r\nA2A-Version: 1.0\r\nContent-Type: application/json"
            + "\r\n";
    socket
        .getOutputStream()
        .write((head + header + "\r\n" + body).getBytes(StandardCharsets.UTF_8));
  }

  /** Reads up to the next event of a stream, and returns it. */
  String event() throws IOException {
    String line = line();
    while (!line.startsWith("data: ")) {
      line = line();
    }
    return line;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("The server closed the connection");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
