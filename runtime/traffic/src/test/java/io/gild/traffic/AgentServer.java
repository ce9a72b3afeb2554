package io.gild.traffic;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** One version of an agent behind the proxy: answers its name, or the status in the path. */
final class AgentServer implements AutoCloseable {

  static {
    // Otherwise each answer waits 40 ms for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
      });
  private final String name;
  private final AtomicLong served = new AtomicLong();
  private volatile boolean healthy = true;

  private AgentServer(String name, int port) throws IOException {
    this.name = name;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 512);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  static AgentServer start(String name) {
    try {
      return new AgentServer(name, 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Runs a version in a process of its own; prints its port. With a port as the second argument, it
   * runs until it is ended.
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 1) {
      new AgentServer(arguments[0], Integer.parseInt(arguments[1]));
      Thread.currentThread().join();
    }
    try (AgentServer server = new AgentServer(arguments[0], 0)) {
      System.out.println(server.port());
      while (System.in.read() >= 0) {
        // runs until its standard input ends
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/health")) {
      send(exchange, healthy ? 200 : 500);
      return;
    }
    served.incrementAndGet();
    if (path.startsWith("/slow")) {
      pause();
    }
    send(exchange, path.startsWith("/status/") ? Integer.parseInt(path.substring(8)) : 200);
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(HttpExchange exchange, int status) throws IOException {
    byte[] body = name.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Makes it answer its health check with a 500. */
  void fail() {
    healthy = false;
  }

  /** Makes it healthy again, and forgets what it served. */
  AgentServer reset() {
    healthy = true;
    served.set(0);
    return this;
  }

  int port() {
    return server.getAddress().getPort();
  }

  long served() {
    return served.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
