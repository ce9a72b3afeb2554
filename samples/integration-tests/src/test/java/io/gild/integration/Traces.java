package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;

/** Receives spans and metrics as OpenTelemetry's exporters send them over HTTP. */
final class Traces implements AutoCloseable {

  /**
   * A span.
   *
   * @param scope name of the library that made it
   * @param trace identity of its trace
   * @param id its own
   * @param parent that of its parent; empty for a root
   * @param name its name
   */
  record Span(String scope, String trace, String id, String parent, String name) {

    boolean isBelow(Span other) {
      return trace.equals(other.trace) && parent.equals(other.id);
    }
  }

  private final HttpServer server;
  private final Queue<Span> spans = new ConcurrentLinkedQueue<>();
  private final Set<String> metrics = ConcurrentHashMap.newKeySet();
  private final StringBuffer text = new StringBuffer();

  private Traces() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/traces", exchange -> take(exchange, this::readSpans));
    server.createContext("/v1/metrics", exchange -> take(exchange, this::readMetrics));
    server.start();
  }

  static Traces receive() throws IOException {
    return new Traces();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Span> spans() {
    return List.copyOf(spans);
  }

  /** Returns the spans of a name. */
  List<Span> named(String name) {
    return spans.stream().filter(span -> span.name().equals(name)).toList();
  }

  /** Checks that each span of a name hangs below one of another. */
  void assertBelow(String name, String parentName) {
    assertBelow(named(name), named(parentName));
  }

  static void assertBelow(List<Span> children, List<Span> parents) {
    assertThat(children)
        .isNotEmpty()
        .allSatisfy(child -> assertThat(parents).anyMatch(child::isBelow));
  }

  /** Returns the spans of one library. */
  List<Span> spansOf(String scope) {
    return spans.stream().filter(span -> span.scope().equals(scope)).toList();
  }

  /** Returns the names of metrics. */
  Set<String> metrics() {
    return new TreeSet<>(metrics);
  }

  /** Returns all that came, as text with whatever lies between. */
  String raw() {
    return text.toString();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private interface Reader {
    void read(ProtoMessage message);
  }

  private void take(HttpExchange exchange, Reader reader) throws IOException {
    try (exchange) {
      boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      InputStream body = exchange.getRequestBody();
      byte[] bytes = (packed ? new GZIPInputStream(body) : body).readAllBytes();
      text.append(new String(bytes, StandardCharsets.ISO_8859_1));
      reader.read(new ProtoMessage(bytes));
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private void readSpans(ProtoMessage request) {
    for (ProtoMessage resource : request.messages(1)) {
      for (ProtoMessage scope : resource.messages(2)) {
        String name = scope.messages(1).stream().map(it -> it.text(1)).findFirst().orElse("");
        scope.messages(2).forEach(span -> spans.add(span(name, span)));
      }
    }
  }

  private static Span span(String scope, ProtoMessage span) {
    HexFormat hex = HexFormat.of();
    return new Span(
        scope,
        hex.formatHex(span.bytes(1)),
        hex.formatHex(span.bytes(2)),
        hex.formatHex(span.bytes(4)),
        span.text(5));
  }

  private void readMetrics(ProtoMessage request) {
    for (ProtoMessage resource : request.messages(1)) {
      for (ProtoMessage scope : resource.messages(2)) {
        scope.messages(2).forEach(metric -> metrics.add(metric.text(1)));
      }
    }
  }
}
