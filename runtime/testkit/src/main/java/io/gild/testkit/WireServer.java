package io.gild.testkit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A small HTTP/1.1 server on the loopback interface, one daemon thread per connection.
 *
 * <p>The JDK's own server can neither reset a connection nor break off a response, but a provider
 * of faults must.
 */
final class WireServer implements AutoCloseable {

  /** Serves one request. */
  interface Handler {
    void handle(WireRequest request, WireResponse response) throws IOException;
  }

  private static final int BACKLOG = 512;

  private final ServerSocket listener;
  private final Handler handler;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool(WireServer::daemon);

  private WireServer(ServerSocket listener, Handler handler) {
    this.listener = listener;
    this.handler = handler;
  }

  static WireServer start(int port, Handler handler) {
    try {
      ServerSocket listener = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
      WireServer server = new WireServer(listener, handler);
      server.threads.execute(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("The provider cannot listen on port " + port, e);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() {
    closeQuietly(listener);
    connections.forEach(WireServer::closeQuietly);
    threads.shutdownNow();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException | RejectedExecutionException e) {
        // Closed meanwhile, or the client left before it was accepted: the loop checks.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 16 * 1024);
      WireResponse response = new WireResponse(socket, in, out);
      @Nullable WireRequest request = WireRequest.read(in, () -> goOn(out));
      while (request != null) {
        handler.handle(request, response);
        if (response.isClosed() || request.wantsClose()) {
          return;
        }
        request = WireRequest.read(in, () -> goOn(out));
      }
    } catch (IOException | RuntimeException e) {
      // The client left, or does not use HTTP/1.1: either way this connection is over.
    } finally {
      connections.remove(socket);
    }
  }

  private static void goOn(OutputStream out) {
    try {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "gild-model-provider");
    thread.setDaemon(true);
    return thread;
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // Closing is best effort.
    }
  }
}
