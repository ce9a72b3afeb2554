package io.gild.smoke;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gild.config.Json;
import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** An application with one governed agent at {@code /answer} and a page that needs a login. */
final class DeskApplication implements AutoCloseable {

  static final MethodSpec DESK =
      MethodSpec.of("desk", "com.acme.Desk", "answer", "(Ljava/lang/String;)Ljava/lang/String;");

  private final GildRuntime runtime;
  private final GovernedMethod method;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final UnaryOperator<String> agent;
  final List<String> purposes = new CopyOnWriteArrayList<>();
  final List<String> questions = new CopyOnWriteArrayList<>();

  private DeskApplication(Settings settings, UnaryOperator<String> agent) throws IOException {
    this.agent = agent;
    runtime =
        GildRuntime.builder()
            .discover(DeskApplication.class.getClassLoader())
            .settings(settings)
            .build();
    method = runtime.method(DESK);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> reply(exchange, 200, "home"));
    server.createContext("/broken", exchange -> reply(exchange, 503, "down"));
    server.createContext("/admin", exchange -> reply(exchange, 401, "log in"));
    server.createContext("/open", exchange -> reply(exchange, 200, "secrets"));
    server.createContext("/answer", this::answer);
    server.createContext("/metrics", exchange -> reply(exchange, 200, metrics(questions.size())));
    server.createContext("/stuck-metrics", exchange -> reply(exchange, 200, metrics(7)));
    server.createContext(
        "/ungoverned", exchange -> reply(exchange, 200, "{\"answer\":\"30 days\"}"));
    server.start();
  }

  static DeskApplication start(Settings settings, UnaryOperator<String> agent) throws IOException {
    return new DeskApplication(settings, agent);
  }

  /** Answers as an agent does whose model needs tokens. */
  static String spending(String question) {
    AgentCall.current().recordUsage("gpt-4o", Usage.of(100, 10));
    return "within 30 days: " + question;
  }

  private static String metrics(int calls) {
    return """
    # TYPE gild_agent_requests_total counter
    gild_agent_requests_total{agent="desk",note="a } b"} %d.0
    gild_agent_requests_total_created 99
    """
        .formatted(calls);
  }

  private void answer(HttpExchange exchange) throws IOException {
    purposes.add(String.valueOf(exchange.getRequestHeaders().getFirst(HttpAsker.MARK)));
    Map<?, ?> body =
        (Map<?, ?>)
            Json.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String question = String.valueOf(body.get("question"));
    questions.add(question);
    try {
      Object answer = method.call(null, same -> agent.apply(question), question);
      reply(exchange, 200, Json.write(Map.of("answer", String.valueOf(answer))));
    } catch (RuntimeException failure) {
      reply(exchange, 500, "the agent failed");
    }
  }

  private static void reply(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Ends the address, and leaves the control endpoint. */
  void stopServing() {
    server.stop(0);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    runtime.close();
  }
}
