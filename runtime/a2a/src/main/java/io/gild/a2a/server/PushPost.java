package io.gild.a2a.server;

import io.gild.a2a.A2aPushConfig;
import io.gild.a2a.spi.PushTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Posts one notification. It has a connection of its own, because the JDK's clients connect to a
 * name and not to the address that was checked.
 */
final class PushPost implements AutoCloseable {

  private static final int MOST_STATUS_LINE = 1_024;

  private final PushAddresses addresses;
  private final ScheduledExecutorService timer;
  private final Duration timeout;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  PushPost(PushAddresses addresses, ScheduledExecutorService timer, Duration timeout) {
    this.addresses = addresses;
    this.timer = timer;
    this.timeout = timeout;
  }

  /**
   * Posts and waits for the status.
   *
   * @return the status, 100 or more
   * @throws PushAddresses.RefusedException if the address may not be connected to
   */
  int post(PushTarget target, String payload) throws IOException {
    URI uri = PushAddresses.uri(target.config().url());
    String host = PushAddresses.host(uri);
    boolean secure = uri.getScheme().toLowerCase(Locale.ROOT).equals("https");
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    InetAddress address = addresses.resolve(host);
    try (Socket plain = new Socket()) {
      open.add(plain);
      Future<?> deadline =
          timer.schedule(() -> closeQuietly(plain), timeout.toMillis(), TimeUnit.MILLISECONDS);
      try {
        plain.setTcpNoDelay(true);
        plain.connect(new InetSocketAddress(address, port), (int) timeout.toMillis());
        Socket socket = secure ? secured(plain, host, port) : plain;
        socket.getOutputStream().write(request(uri, target, payload));
        socket.getOutputStream().flush();
        return status(socket.getInputStream());
      } finally {
        deadline.cancel(false);
        open.remove(plain);
      }
    }
  }

  private static Socket secured(Socket plain, String host, int port) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static byte[] request(URI uri, PushTarget target, String payload) throws IOException {
    byte[] body = payload.getBytes(StandardCharsets.UTF_8);
    A2aPushConfig config = target.config();
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    StringBuilder head = new StringBuilder(512);
    head.append("POST ").append(path);
    if (uri.getRawQuery() != null) {
      head.append('?').append(uri.getRawQuery());
    }
    head.append(" HTTP/1.1\r\nHost: ").append(uri.getRawAuthority());
    head.append("\r\nContent-Type: application/json\r\nContent-Length: ").append(body.length);
    head.append("\r\nA2A-Version: ").append(target.version().text());
    if (config.scheme() != null && config.credentials() != null) {
      head.append("\r\nAuthorization: ").append(config.scheme()).append(' ');
      head.append(config.credentials());
    }
    if (config.token() != null) {
      head.append("\r\nX-A2A-Notification-Token: ").append(config.token());
    }
    head.append("\r\nConnection: close\r\n\r\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream(head.length() + body.length);
    out.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(body);
    return out.toByteArray();
  }

  private static int status(InputStream in) throws IOException {
    while (true) {
      String line = line(in);
      if (!line.startsWith("HTTP/1.") || line.length() < 12) {
        throw new IOException("the receiver answered no HTTP, but \"" + line + "\"");
      }
      int status;
      try {
        status = Integer.parseInt(line.substring(9, 12));
      } catch (NumberFormatException invalid) {
        throw new IOException("the receiver answered no status, but \"" + line + "\"", invalid);
      }
      if (status >= 200) {
        return status;
      }
      while (!line(in).isEmpty()) {
        // The headers of an interim answer.
      }
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.length() >= MOST_STATUS_LINE) {
        throw new IOException("the receiver's answer ended early, or is too long");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /** Ends the posts that are under way. */
  @Override
  public void close() {
    open.forEach(PushPost::closeQuietly);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException ignored) {
      // The post fails either way.
    }
  }
}
