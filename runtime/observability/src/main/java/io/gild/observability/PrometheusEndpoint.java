package io.gild.observability;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gild.core.JdkHttpServers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Serves {@code /metrics} in Prometheus' text format, on the loopback address alone. */
final class PrometheusEndpoint {

  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HttpServer server;

  private PrometheusEndpoint(int port) throws IOException {
    JdkHttpServers.prepare();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/metrics", this::scrape);
  }

  static PrometheusEndpoint start(int port) throws IOException {
    PrometheusEndpoint endpoint = new PrometheusEndpoint(port);
    JdkHttpServers.startOnDaemon(endpoint.server, "gild-metrics");
    return endpoint;
  }

  void close() {
    server.stop(0);
    Metrics.removeRegistry(registry);
    registry.close();
  }

  MeterRegistry registry() {
    return registry;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/metrics";
  }

  /** Returns what a scraper would get now. */
  String scrape() {
    return registry.scrape();
  }

  private void scrape(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] text = scrape().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", TEXT);
      exchange.sendResponseHeaders(200, text.length);
      exchange.getResponseBody().write(text);
    }
  }
}
