package io.gild.observability;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gild.core.GildRuntime;
import io.gild.core.JdkHttpServers;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@code /metrics} in Prometheus' text format or OpenMetrics, on the loopback address alone.
 *
 * <p>A scraper that does not read or send is disconnected after some seconds, and holds up no other
 * one; a few scrapes at once are served, further ones are refused.
 */
final class PrometheusEndpoint {

  private static final String PATH = "/metrics";
  private static final int MOST_SCRAPES = 10;
  static final Duration LONGEST = Duration.ofSeconds(10);

  private final boolean exemplars = ExemplarThread.start();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(
          new Configuration(),
          new PrometheusRegistry(),
          Clock.SYSTEM,
          exemplars ? new Exemplars() : null);
  private final Semaphore scrapes = new Semaphore(MOST_SCRAPES);
  private final ScrapeThreads threads;
  private final HttpServer server;
  private volatile Runnable before = () -> {};

  /**
   * Exemplars of buckets and counters alone: Prometheus up to 2 rejects a whole scrape that has one
   * elsewhere.
   */
  private static final class Configuration implements PrometheusConfig {

    @Override
    public @Nullable String get(String key) {
      return null;
    }

    @Override
    public Properties prometheusProperties() {
      Properties properties = new Properties();
      properties.setProperty("io.prometheus.exporter.exemplarsOnAllMetricTypes", "false");
      return properties;
    }
  }

  private PrometheusEndpoint(InetAddress address, int port, Duration longest) throws IOException {
    JdkHttpServers.prepare();
    server = HttpServer.create(new InetSocketAddress(address, port), 0);
    threads = GildRuntime.neutrally(() -> new ScrapeThreads(2 * MOST_SCRAPES, longest));
    server.setExecutor(threads);
    HttpContext context = server.createContext("/", this::answer);
    context.getFilters().clear(); // those of another agent would make spans of scrapes
  }

  static PrometheusEndpoint start(int port) throws IOException {
    return start(null, port, LONGEST);
  }

  /**
   * Starts an endpoint.
   *
   * @param address the address that it listens on; {@code null} for the loopback address
   * @param port the port, 0 for any free one
   * @param longest how long a scrape may take
   */
  static PrometheusEndpoint start(@Nullable String address, int port, Duration longest)
      throws IOException {
    PrometheusEndpoint endpoint =
        new PrometheusEndpoint(
            address == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(address),
            port,
            longest);
    JdkHttpServers.startOnDaemon(endpoint.server, "gild-metrics");
    return endpoint;
  }

  /** Sets what is done before each scrape. */
  void beforeScrape(Runnable action) {
    before = action;
  }

  void close() {
    server.stop(0);
    threads.close();
    Metrics.removeRegistry(registry);
    registry.close();
    ExemplarThread.end();
  }

  /** Returns whether buckets and counters lead to traces. */
  boolean hasExemplars() {
    return exemplars;
  }

  MeterRegistry registry() {
    return registry;
  }

  String url() {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().getHostAddress();
    if (address.getAddress() instanceof Inet6Address) {
      host = "[" + host + "]";
    }
    return "http://" + host + ":" + address.getPort() + PATH;
  }

  /** Returns what a scraper would get now. */
  String scrape() {
    before.run();
    return registry.scrape();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!exchange.getRequestURI().getPath().equals(PATH)) {
        refuse(exchange, 404, "Metrics are at " + PATH + ".\n");
      } else if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        refuse(exchange, 405, "Use GET or HEAD.\n");
      } else if (scrapes.tryAcquire()) {
        try {
          scrape(exchange);
        } finally {
          scrapes.release();
        }
      } else {
        refuse(exchange, 503, "Too many scrapes at once.\n");
      }
    }
  }

  private void scrape(HttpExchange exchange) throws IOException {
    before.run();
    Exposition exposition =
        Exposition.of(
            exchange.getRequestHeaders().getOrDefault("Accept", List.of()),
            exchange.getRequestHeaders().getOrDefault("Accept-Encoding", List.of()),
            exchange.getRequestURI().getRawQuery());
    byte[] body = exposition.write(registry);
    exchange.getResponseHeaders().set("Content-Type", exposition.contentType());
    exchange.getResponseHeaders().set("Vary", "Accept, Accept-Encoding");
    if (exposition.gzip()) {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    }
    send(exchange, 200, body);
  }

  private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    send(exchange, status, why.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
