package io.gild.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gild.core.JdkHttpServers;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The JDK's server alone: the same bytes without a protocol, and a thread for each stream. */
final class BareHttpSide implements HttpSide {

  private static final byte[] ANSWER =
      "{\"task\":{\"id\":\"t\",\"status\":{\"state\":\"TASK_STATE_COMPLETED\"}}}"
          .getBytes(StandardCharsets.UTF_8);
  private static final byte[] EVENT = "data: {}\n\n".getBytes(StandardCharsets.UTF_8);

  private final CountDownLatch finish = new CountDownLatch(1);
  private final ExecutorService threads =
      Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "bare-http");
        thread.setDaemon(true);
        return thread;
      });
  private final HttpServer server;

  BareHttpSide() {
    JdkHttpServers.prepare();
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.createContext("/message", BareHttpSide::answer);
    server.createContext("/stream", this::stream);
    server.setExecutor(threads);
    server.start();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(200, ANSWER.length);
    exchange.getResponseBody().write(ANSWER);
    exchange.close();
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.write(EVENT);
    out.flush();
    try {
      finish.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    out.write(EVENT);
    exchange.close();
  }

  @Override
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public String messagePath() {
    return "/message";
  }

  @Override
  public String message(int number) {
    return "{\"number\":" + number + "}";
  }

  @Override
  public String streamPath() {
    return "/stream";
  }

  @Override
  public void finish() {
    finish.countDown();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    try {
      threads.awaitTermination(10, TimeUnit.SECONDS); // they would count in the next round
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
