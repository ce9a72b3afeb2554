package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gild.testkit.LoggedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;

/** Receives spans and metrics as OpenTelemetry's exporters send them over HTTP. */
final class Traces implements AutoCloseable {

  /**
   * A span.
   *
   * @param scope name of the library that created it
   * @param trace identity of its trace
   * @param id its own
   * @param parent that of its parent; empty for a root
   * @param name its name
   * @param attributes its texts
   * @param links identities of the spans that it is linked to
   */
  record Span(
      String scope,
      String trace,
      String id,
      String parent,
      String name,
      Map<String, String> attributes,
      List<String> links) {

    boolean isBelow(Span other) {
      return trace.equals(other.trace) && parent.equals(other.id);
    }
  }

  /**
   * The last point of one series of a metric.
   *
   * @param name the metric's name
   * @param unit its unit
   * @param attributes the attributes of the series
   * @param count how many values a histogram has; else 0
   * @param sum the sum of a histogram, or else the value
   */
  record Point(String name, String unit, Map<String, String> attributes, long count, double sum) {

    boolean has(String attribute, String value) {
      return value.equals(attributes.get(attribute));
    }
  }

  private final HttpServer server;
  private final Queue<Span> spans = new ConcurrentLinkedQueue<>();
  private final Map<List<Object>, Point> points = new ConcurrentHashMap<>();
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

  /** Checks that each span of a name is a child of one of another name. */
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

  /** Returns the last points of all metrics that have a name. */
  List<Point> points(String name) {
    return points.values().stream().filter(point -> point.name().equals(name)).toList();
  }

  /** Returns the last points of all metrics. */
  List<Point> points() {
    return List.copyOf(points.values());
  }

  /** Returns all received data as text. */
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
      text.append(exchange.getRequestHeaders().getFirst("x-team"));
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
        span.text(5),
        attributes(span.messages(9)),
        span.messages(13).stream().map(link -> hex.formatHex(link.bytes(2))).toList());
  }

  private void readMetrics(ProtoMessage request) {
    for (ProtoMessage resource : request.messages(1)) {
      String sender = resource.text(1);
      for (ProtoMessage scope : resource.messages(2)) {
        String source = sender + scope.text(1);
        scope.messages(2).forEach(metric -> readMetric(source, metric));
      }
    }
  }

  /** Reads a gauge, a sum or a histogram. */
  private void readMetric(String source, ProtoMessage metric) {
    for (int kind : new int[] {5, 7, 9}) {
      boolean histogram = kind == 9;
      for (ProtoMessage data : metric.messages(kind)) {
        for (ProtoMessage each : data.messages(1)) {
          Point point =
              new Point(
                  metric.text(1),
                  metric.text(3),
                  attributes(each.messages(histogram ? 9 : 7)),
                  histogram ? each.integer(4) : 0,
                  each.number(histogram ? 5 : 4));
          points.put(List.of(source, point.name(), point.attributes()), point);
        }
      }
    }
  }

  private static Map<String, String> attributes(List<ProtoMessage> pairs) {
    Map<String, String> attributes = new TreeMap<>();
    for (ProtoMessage pair : pairs) {
      pair.messages(2).forEach(value -> attributes.put(pair.text(1), value.text(1)));
    }
    return attributes;
  }

  /** Compares requests and tokens with the provider's log. */
  void assertEquals(List<LoggedRequest> served) {
    List<LoggedRequest> answered = served.stream().filter(LoggedRequest::succeeded).toList();
    assertTokens("input", answered.stream().mapToLong(LoggedRequest::promptTokens).sum());
    assertTokens("output", answered.stream().mapToLong(LoggedRequest::completionTokens).sum());
    assertThat(points("gen_ai.client.token.usage"))
        .filteredOn(point -> point.has("gen_ai.token.type", "input"))
        .extracting(Point::count)
        .containsExactly((long) answered.size());
    assertThat(points("gild.http.attempts").stream().mapToDouble(Point::sum).sum())
        .as("requests that went out")
        .isEqualTo(served.size());
  }

  private void assertTokens(String type, long tokens) {
    assertThat(points("gen_ai.client.token.usage"))
        .filteredOn(point -> point.has("gen_ai.token.type", type))
        .singleElement()
        .satisfies(point -> {
          assertThat(point.unit()).isEqualTo("{token}");
          assertThat(point.sum()).isEqualTo(tokens);
        });
  }
}
