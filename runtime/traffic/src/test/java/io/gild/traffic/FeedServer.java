package io.gild.traffic;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gild.config.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The control endpoint of a process, as far as calls go. */
final class FeedServer implements AutoCloseable {

  private final HttpServer server;
  private final List<Map<String, Object>> calls = new ArrayList<>();
  private String instance = "first";
  private String answer = "";
  private int pageSize = 1_000;

  private FeedServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/calls", this::answer);
    server.start();
  }

  static FeedServer start() throws IOException {
    return new FeedServer();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    boolean allowed =
        "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
    byte[] body = body(exchange.getRequestURI().getQuery()).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(allowed ? 200 : 401, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String body(String query) {
    if (!answer.isEmpty()) {
      return answer;
    }
    int after = Math.min(calls.size(), Integer.parseInt(query.substring("after=".length())));
    int next = Math.min(calls.size(), after + pageSize);
    return Json.write(
        Map.of("instance", instance, "next", next, "lost", 0, "calls", calls.subList(after, next)));
  }

  void call(String agent, String outcome, double seconds, double usd, long tokens) {
    call(agent, outcome, seconds, usd, tokens, "agent");
  }

  synchronized void call(
      String agent, String outcome, double seconds, double usd, long tokens, String kind) {
    calls.add(
        Map.of(
            "kind", kind, "agent", agent, "outcome", outcome, "seconds", seconds, "usd", usd,
            "tokens", tokens));
  }

  synchronized void restart() {
    calls.clear();
    instance = "second";
  }

  synchronized void answer(String text) {
    answer = text;
  }

  synchronized void pageSize(int size) {
    pageSize = size;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
