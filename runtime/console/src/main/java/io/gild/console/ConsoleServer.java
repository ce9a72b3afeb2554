package io.gild.console;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gild.core.GildLog;
import io.gild.core.JdkHttpServers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * Serves the page, the data and the stream of a console. Its threads are daemons of its own, and
 * none of its requests is traced.
 */
final class ConsoleServer implements AutoCloseable {

  private final HttpServer http;
  private final ConsoleThreads threads;
  private final ConsoleSource source;
  private final RequestGuard guard;
  private final ConsoleRoutes routes;
  private final EventStreams streams;
  private final String token;

  /** Makes the source of a server, which may show how many clients watch. */
  interface SourceMaker extends Function<IntSupplier, ConsoleSource> {}

  private ConsoleServer(
      HttpServer http,
      int clients,
      String token,
      boolean tokenToRead,
      Function<Integer, SourceMaker> maker) {
    this.http = http;
    this.token = token;
    this.threads = new ConsoleThreads(clients);
    this.source = maker.apply(port()).apply(this::clients);
    this.guard = new RequestGuard(http.getAddress(), token, tokenToRead);
    this.routes = new ConsoleRoutes(source, guard);
    this.streams = new EventStreams(source, threads, clients);
  }

  /**
   * Starts a server.
   *
   * @param address where it listens
   * @param clients how many clients may watch at once
   * @param token what clients send that act without the page
   * @param tokenToRead whether all clients must send it
   * @param maker makes what it serves, for the port that it got
   * @throws IOException if it cannot listen there
   */
  static ConsoleServer start(
      InetSocketAddress address,
      int clients,
      String token,
      boolean tokenToRead,
      Function<Integer, SourceMaker> maker)
      throws IOException {
    JdkHttpServers.prepare();
    HttpServer http = HttpServer.create(address, 0);
    ConsoleServer server = new ConsoleServer(http, clients, token, tokenToRead, maker);
    http.setExecutor(server.threads);
    HttpContext context = http.createContext("/", server::handle);
    context.getFilters().clear(); // an agent may have put one there that traces each request
    JdkHttpServers.startOnDaemon(http, "gild-console-server");
    return server;
  }

  private int clients() {
    return streams.count();
  }

  int port() {
    return http.getAddress().getPort();
  }

  ConsoleSource source() {
    return source;
  }

  /** Returns the address to open in a browser on this machine, with the token if one is needed. */
  String url() {
    return "http://127.0.0.1:" + port() + "/" + (guard.needsToken() ? "#token=" + token : "");
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Headers headers = exchange.getRequestHeaders();
      String foreign = guard.foreign(headers);
      if (foreign != null) {
        send(exchange, ConsoleReply.problem(ConsoleReply.FORBIDDEN, foreign));
      } else if ("/".equals(path)) {
        ConsolePage page = ConsolePage.get();
        exchange.getResponseHeaders().set("Content-Security-Policy", page.contentSecurityPolicy());
        send(exchange, ConsoleReply.page(page.html()));
      } else if (!guard.isAuthorized(headers)) {
        send(
            exchange,
            ConsoleReply.problem(
                ConsoleReply.UNAUTHORIZED,
                "the token is missing or wrong; send the one of the console's file in"
                    + " DATA/console as Authorization: Bearer TOKEN"));
      } else if ("/v1/stream".equals(path)) {
        stream(exchange);
      } else {
        send(exchange, routes.answer(exchange, path == null ? "" : path));
      }
    }
  }

  private void stream(HttpExchange exchange) throws IOException {
    EventClient client;
    try {
      client = streams.add(Query.of(exchange.getRequestURI().getRawQuery()));
    } catch (Query.BadRequest wrong) {
      send(exchange, ConsoleReply.problem(ConsoleReply.BAD, String.valueOf(wrong.getMessage())));
      return;
    }
    if (client == null) {
      send(
          exchange,
          ConsoleReply.problem(
              ConsoleReply.BUSY,
              "too many pages watch this console already; close one of them, or raise"
                  + " console.clients"));
      return;
    }
    setHeaders(exchange, "text/event-stream; charset=utf-8");
    exchange.sendResponseHeaders(ConsoleReply.OK, 0);
    streams.serve(exchange, client);
  }

  private static void setHeaders(HttpExchange exchange, String type) {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
  }

  private static void send(HttpExchange exchange, ConsoleReply reply) throws IOException {
    setHeaders(exchange, reply.type());
    if (!reply.file().isEmpty()) {
      exchange
          .getResponseHeaders()
          .set("Content-Disposition", "attachment; filename=\"" + reply.file() + "\"");
    }
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(
        reply.status(), head || reply.body().length == 0 ? -1 : reply.body().length);
    if (!head) {
      exchange.getResponseBody().write(reply.body());
    }
  }

  @Override
  public void close() {
    streams.close();
    http.stop(0);
    threads.close();
    try {
      source.close();
    } catch (Exception fault) {
      GildLog.faultOnce("Closing the console", fault);
    }
  }
}
