package io.gild.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gild.config.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A server with made-up data that speaks the console's HTTP interface, so that the page is tested
 * with more agents, calls and spans than a test can run, and with hostile texts. Requests to {@code
 * /fixture/} change what it does.
 */
final class PageFixture implements AutoCloseable {

  /**
   * What the server does.
   *
   * @param agents the number of agents
   * @param readOnly whether actions are refused
   * @param token the token that requests must have; none if empty
   * @param pageFromDisk whether each request reads the page's files again
   */
  record Options(int agents, boolean readOnly, String token, boolean pageFromDisk) {}

  private static final int TICK_MILLIS = 250;
  private static final int CALLS_PER_TICK = 12;
  private static final int BIG = 30_000;

  private final Options options;
  private final PageFixtureAgents agents;
  private final PageFixtureCalls calls;
  private final long started = System.currentTimeMillis();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "page-fixture");
        thread.setDaemon(true);
        return thread;
      });
  private HttpServer server;
  private final int port;
  private volatile boolean closed;
  private volatile boolean busy;
  private volatile boolean quiet;
  private final List<String> actions = new ArrayList<>();
  private final AtomicInteger generation = new AtomicInteger();
  private long tick;
  private String patch = "{}";
  private String fresh = "{}";
  private volatile int lost;
  private final AtomicInteger streams = new AtomicInteger();

  PageFixture(Options options, int port) throws IOException {
    this.options = options;
    agents = new PageFixtureAgents(options.agents(), started);
    calls = new PageFixtureCalls(names(), started);
    server = open(port);
    this.port = server.getAddress().getPort();
    threads.execute(this::run);
  }

  private List<String> names() {
    return agents.rows.values().stream().map(row -> String.valueOf(row.get("agent"))).toList();
  }

  int port() {
    return port;
  }

  String url() {
    return "http://127.0.0.1:" + port + "/";
  }

  private HttpServer open(int wanted) throws IOException {
    HttpServer opened =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
    opened.setExecutor(threads);
    opened.createContext("/", this::handle);
    opened.start();
    return opened;
  }

  private void run() {
    while (!closed) {
      try {
        Thread.sleep(TICK_MILLIS);
      } catch (InterruptedException end) {
        return;
      }
      step();
    }
  }

  private synchronized void step() {
    long now = System.currentTimeMillis();
    List<Object> changed =
        new ArrayList<>(quiet ? List.of() : agents.step(Math.max(5, options.agents() / 5)));
    List<Object> news = new ArrayList<>();
    for (int i = 0; i < CALLS_PER_TICK && !quiet; i++) {
      news.add(calls.add(now));
    }
    patch =
        Json.write(Map.of("time", now, "agents", Map.of("changed", changed, "removed", List.of())));
    fresh = Json.write(Map.of("rows", news, "skipped", 0));
    tick++;
    notifyAll();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Map<String, String> query = query(exchange);
      if (path.startsWith("/fixture/")) {
        command(exchange, path.substring("/fixture/".length()), query);
      } else if (path.equals("/")) {
        page(exchange);
      } else if (!options.token().isEmpty()
          && !("Bearer " + options.token())
              .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        answer(
            exchange,
            401,
            Map.of(
                "error",
                "The token is missing or wrong; the application printed it.",
                "token",
                true));
      } else if (path.equals("/v1/stream")) {
        stream(exchange, query);
      } else {
        data(exchange, path, query);
      }
    }
  }

  private void page(HttpExchange exchange) throws IOException {
    ConsolePage page = options.pageFromDisk() ? ConsolePage.assemble() : ConsolePage.get();
    exchange.getResponseHeaders().set("Content-Security-Policy", page.contentSecurityPolicy());
    send(exchange, 200, "text/html; charset=utf-8", page.html());
  }

  private synchronized void data(HttpExchange exchange, String path, Map<String, String> query)
      throws IOException {
    String[] parts = path.split("/", -1);
    long now = System.currentTimeMillis();
    if (path.equals("/v1/state")) {
      answer(exchange, 200, state());
    } else if (path.equals("/v1/calls")) {
      answer(exchange, 200, calls.page(query));
    } else if (parts.length == 5 && path.startsWith("/v1/calls/")) {
      tree(exchange, parts[4]);
    } else if (parts.length == 7) {
      answer(
          exchange,
          200,
          PageFixtureTree.span(parts[6], now, options.agents() > PageFixtureAgents.PLAIN));
    } else if (parts.length == 8) {
      answer(exchange, 200, content());
    } else if (path.equals("/v1/cost")) {
      answer(exchange, 200, PageFixtureTables.cost(query, names(), started));
    } else if (path.equals("/v1/golden")) {
      answer(exchange, 200, PageFixtureTables.golden(names(), started));
    } else if (path.equals("/v1/policies")) {
      answer(exchange, 200, PageFixtureTables.policies(names()));
    } else if (path.equals("/v1/export")) {
      send(exchange, 200, "text/csv", "agent,cost\r\nsupport,1\r\n");
    } else if (path.equals("/v1/actions")) {
      act(exchange);
    } else {
      answer(exchange, 404, Map.of("error", "There is nothing at " + path + "."));
    }
  }

  private void tree(HttpExchange exchange, String id) throws IOException {
    if (id.equals("gone")) {
      answer(
          exchange,
          404,
          Map.of("error", "Call gone is not recorded any more: newer calls overwrote it."));
      return;
    }
    boolean big = id.equals(Integer.toString(BIG));
    Map<String, @Nullable Object> call = calls.find(id);
    if (big) {
      call.putAll(
          Map.of("id", id, "agent", "support", "outcome", "success", "words", "30,000 spans"));
    }
    answer(
        exchange,
        200,
        new PageFixtureTree(big ? BIG : id.equals("one") ? 1 : 60, id.hashCode()).json(call));
  }

  private static Map<String, Object> content() {
    String text =
        String.join("\n", PageFixtureAgents.HOSTILE.subList(0, 6)) + "\n" + "word ".repeat(13_000);
    return Map.of(
        "captured",
        true,
        "redacted",
        true,
        "input",
        text.substring(0, 65_000),
        "output",
        "Hello",
        "cutTo",
        65_536,
        "length",
        5_000_000);
  }

  private void act(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (options.readOnly() || exchange.getRequestHeaders().getFirst("X-Gild-Action") == null) {
      answer(
          exchange, 403, Map.of("error", "This console is read-only; set console.actions: true."));
      return;
    }
    actions.add(body);
    answer(exchange, 200, Map.of("done", true, "words", "Done, and written to the audit log."));
  }

  private synchronized Map<String, @Nullable Object> state() {
    Map<String, @Nullable Object> state = new LinkedHashMap<>();
    state.put("time", System.currentTimeMillis());
    state.put("gild", "0.1.0");
    state.put("readOnly", options.readOnly());
    state.put("contentCaptured", true);
    state.put("updateMillis", TICK_MILLIS);
    state.put(
        "jvms",
        List.of(jvm("4711", "acme-support.jar", true), jvm("4712", "acme-batch.jar", true)));
    state.put(
        "agents",
        Map.of(
            "shown",
            agents.rows.size(),
            "matched",
            agents.rows.size(),
            "rows",
            agents.rows.values()));
    state.put("controls", agents.controls(options.readOnly()));
    state.put(
        "rollouts",
        List.of(
            Map.of(
                "jvm",
                "4711",
                "id",
                "support-1.3",
                "agent",
                "support",
                "from",
                "1.2",
                "to",
                "1.3",
                "state",
                "running",
                "sharePercent",
                25,
                "words",
                "25 % of the calls; 812 of 1,000 needed")));
    state.put("flags", flags());
    return state;
  }

  private List<Object> flags() {
    List<Object> flags = new ArrayList<>();
    for (Map<String, @Nullable Object> row : agents.rows.values()) {
      if (Integer.valueOf(1).equals(row.get("flags"))) {
        Map<String, @Nullable Object> flag = new LinkedHashMap<>();
        flag.put("jvm", row.get("jvm"));
        flag.put("agent", row.get("agent"));
        flag.put("signal", "latency");
        flag.put("since", started - 600_000);
        flag.put("until", null);
        flag.put("score", 0.97);
        flag.put("words", "p50 is 2.3 s, usual is 0.8 s since 14:02");
        flags.add(flag);
      }
    }
    return flags;
  }

  private Map<String, @Nullable Object> jvm(String id, String name, boolean reachable) {
    Map<String, @Nullable Object> jvm = new LinkedHashMap<>();
    jvm.put("jvm", id);
    jvm.put("name", name);
    jvm.put("pid", Long.parseLong(id));
    jvm.put("java", "17.0.20");
    jvm.put("started", started);
    jvm.put("mode", "observe");
    jvm.put("reachable", reachable);
    jvm.put("clients", 1);
    jvm.put("recording", Map.of("calls", 65_536, "held", 4321, "overwritten", 0));
    jvm.put("lost", List.of(Map.of("what", "calls", "reason", "overwritten", "count", lost)));
    jvm.put("file", null);
    return jvm;
  }

  private void stream(HttpExchange exchange, Map<String, String> query) throws IOException {
    if (busy) {
      answer(
          exchange, 503, Map.of("error", "8 pages are connected, which is the most; close one."));
      return;
    }
    streams.incrementAndGet();
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    event(out, 1, "state", Json.write(state()));
    long seen = tick;
    int mine = generation.get();
    while (!closed && mine == generation.get()) {
      String changes;
      String news;
      synchronized (this) {
        try {
          while (seen == tick) {
            wait(TICK_MILLIS);
          }
        } catch (InterruptedException end) {
          return;
        }
        seen = tick;
        changes = patch;
        news = fresh;
      }
      event(out, seen + 1, "patch", changes);
      if (query.containsKey("tail")) {
        event(out, seen + 1, "calls", news);
      }
    }
  }

  private static void event(OutputStream out, long id, String name, String data)
      throws IOException {
    out.write(
        ("id: " + id + "\nevent: " + name + "\ndata: " + data + "\n\n")
            .getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** What a test asks for: quiet, busy, lost, actions, change, restart. */
  private void command(HttpExchange exchange, String command, Map<String, String> query)
      throws IOException {
    boolean on = !"0".equals(query.get("on"));
    switch (command) {
      case "quiet" -> quiet = on;
      case "busy" -> busy = on;
      case "lost" -> lost = on ? 17 : 0;
      case "disconnect" -> generation.incrementAndGet();
      default -> {}
    }
    if (command.equals("restart")) {
      threads.execute(() -> restart(Integer.parseInt(query.getOrDefault("millis", "1500"))));
    }
    answer(exchange, 200, Map.of("actions", List.copyOf(actions), "streams", streams.get()));
  }

  private void restart(int millis) {
    try {
      Thread.sleep(100); // lets the answer of the command leave
      generation.incrementAndGet();
      server.stop(0);
      Thread.sleep(millis);
      server = open(port);
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new LinkedHashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String part : raw == null ? new String[0] : raw.split("&")) {
      int at = part.indexOf('=');
      if (at > 0) {
        query.put(
            part.substring(0, at),
            URLDecoder.decode(part.substring(at + 1), StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  private static void answer(HttpExchange exchange, int status, Object json) throws IOException {
    send(exchange, status, "application/json", Json.write(json));
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    closed = true;
    server.stop(0);
    threads.shutdownNow();
  }

  /** Serves the page until it is ended, for work on it: port, agents, "actions", token. */
  public static void main(String[] arguments) throws Exception {
    int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
    int number = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 511;
    boolean writable = arguments.length > 2 && arguments[2].equals("actions");
    String token = arguments.length > 3 ? arguments[3] : "";
    try (PageFixture fixture = new PageFixture(new Options(number, !writable, token, true), port)) {
      System.out.println(fixture.url());
      Thread.currentThread().join();
    }
  }
}
