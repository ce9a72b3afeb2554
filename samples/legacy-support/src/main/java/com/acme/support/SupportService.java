package com.acme.support;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * Answers questions over HTTP: {@code POST /answer} with {@code {"text"}} gets {@code {"answer"}},
 * or a 502 if the model fails. {@code GET /health} gets a 200.
 */
public final class SupportService {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int THREADS = 32;
  private static final int BACKLOG = 256;

  private final SupportDesk desk = SupportDesk.connect();

  private SupportService() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println("usage: SupportService <port>");
      System.exit(2);
    }
    SupportService service = new SupportService();
    int port = Integer.parseInt(args[0]);
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server = HttpServer.create(address, BACKLOG);
    server.setExecutor(Executors.newFixedThreadPool(THREADS));
    server.createContext("/answer", service::answer);
    server.createContext("/health", exchange -> send(exchange, 200, Map.of("status", "UP")));
    server.start();
    System.out.println("answers on port " + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try {
      String text = JSON.readTree(exchange.getRequestBody()).path("text").asText();
      send(exchange, 200, Map.of("answer", desk.answer(text)));
    } catch (RuntimeException e) {
      send(exchange, 502, Map.of("error", e.toString()));
    }
  }

  private static void send(HttpExchange exchange, int status, Map<String, String> fields)
      throws IOException {
    byte[] body = JSON.writeValueAsString(fields).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
