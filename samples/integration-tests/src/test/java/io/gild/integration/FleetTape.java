package io.gild.integration;

import com.acme.fleet.FleetMain;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A server between a fleet and a provider. It keeps the bytes of each exchange, and after {@link
 * #replay} it answers the same requests in the same order without the provider.
 */
final class FleetTape implements AutoCloseable {

  /** What was asked, and the bytes that were answered. */
  private record Exchange(String request, int status, byte[] answer) {}

  static {
    // Otherwise each answer waits for the acknowledgement of its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Exchange> recorded = new CopyOnWriteArrayList<>();
  private final Map<String, Queue<Exchange>> rest = new ConcurrentHashMap<>();
  private final Queue<String> unknown = new ConcurrentLinkedQueue<>();
  private final HttpServer server;
  private volatile @Nullable String provider;

  FleetTape() throws IOException {
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  int recorded() {
    return recorded.size();
  }

  /** From now on passes requests on to a provider, and keeps the exchanges. */
  void record(String baseUrl) {
    provider = baseUrl;
  }

  /** From now on answers from the tape alone, from its start. */
  void replay() {
    provider = null;
    unknown.clear();
    rest.clear();
    for (Exchange each : recorded) {
      rest.computeIfAbsent(each.request(), request -> new ArrayDeque<>()).add(each);
    }
  }

  /** From now on refuses every request. */
  void refuse() {
    replay();
    rest.clear();
  }

  /** Returns the requests of the replay that the tape could not answer. */
  List<String> unknown() {
    return List.copyOf(unknown);
  }

  /** Returns how many recorded requests the replay has not asked for. */
  int unasked() {
    return rest.values().stream().mapToInt(Queue::size).sum();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String request = exchange.getRequestURI() + " " + body;
      String to = provider;
      Exchange answer =
          to == null
              ? next(request)
              : record(URI.create(to + exchange.getRequestURI()), request, body);
      if (answer == null) {
        unknown.add(request);
        answer =
            new Exchange(
                request, 500, "{\"error\":\"not on the tape\"}".getBytes(StandardCharsets.UTF_8));
      }
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      // Hundreds of clients would keep more connections than the server does.
      exchange.getResponseHeaders().set("Connection", "close");
      exchange.sendResponseHeaders(answer.status(), answer.answer().length);
      exchange.getResponseBody().write(answer.answer());
    }
  }

  private @Nullable Exchange next(String request) {
    Queue<Exchange> answers = rest.get(request);
    if (answers == null) {
      return null;
    }
    synchronized (answers) {
      return answers.poll();
    }
  }

  private Exchange record(URI to, String request, String body) throws IOException {
    boolean first = recorded.stream().noneMatch(each -> each.request().equals(request));
    Exchange exchange =
        first && body.contains(FleetMain.BUSY) ? busy(request) : ask(to, request, body);
    recorded.add(exchange);
    return exchange;
  }

  private static Exchange busy(String request) {
    String error = "{\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}";
    return new Exchange(request, 503, error.getBytes(StandardCharsets.UTF_8));
  }

  private Exchange ask(URI to, String request, String body) throws IOException {
    HttpRequest.Builder passed =
        HttpRequest.newBuilder(to)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer none")
            .header("x-api-key", "none")
            .header("anthropic-version", "2023-06-01")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    try {
      HttpResponse<byte[]> response =
          client.send(passed.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Exchange(request, response.statusCode(), response.body());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
