package io.gild.testkit;

import io.gild.config.Experimental;
import io.gild.config.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A real Prometheus for a test: the program {@code prometheus} of this machine, on a free loopback
 * port, which scrapes every second and stores exemplars. Where it is not installed, the test is
 * skipped with the reason; if the environment variable {@code CI} is {@code true}, the test fails.
 *
 * <pre>{@code
 * try (PrometheusServer prometheus = PrometheusServer.start(folder, "127.0.0.1:9464")) {
 *   prometheus.awaitScrape();
 *   List<PrometheusServer.Sample> samples = prometheus.query("gild_info");
 * }
 * }</pre>
 */
@Experimental
public final class PrometheusServer implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 20;
  private static final String CONFIGURATION = "prometheus.yml";

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LONGEST).build();
  private final LocalServer server;

  /**
   * One result of a query.
   *
   * @param labels its labels, with the name as {@code __name__} if it has one
   * @param value its number, possibly {@code NaN} or infinite
   */
  public record Sample(Map<String, String> labels, double value) {

    /** Copies the labels. */
    public Sample {
      labels = Map.copyOf(labels);
    }

    /**
     * Returns a label.
     *
     * @param name its name
     * @return its value; empty if the sample does not have it
     */
    public String label(String name) {
      return labels.getOrDefault(name, "");
    }
  }

  private PrometheusServer(LocalServer server) {
    this.server = server;
  }

  /**
   * Starts a server that scrapes {@code /metrics} of a target as the job {@code gild}, and waits
   * until it answers.
   *
   * @param folder an empty folder for its configuration and storage
   * @param target host and port
   * @param rules files of rules to load
   * @return the server
   */
  public static PrometheusServer start(Path folder, String target, Path... rules) {
    Path program = LocalServer.program("prometheus", "apt-get install prometheus");
    return startWith(program, folder, configuration(target, List.of(rules)));
  }

  /**
   * Starts a server with a configuration.
   *
   * @param folder an empty folder for its configuration and storage
   * @param configuration the YAML
   * @return the server
   */
  public static PrometheusServer startWith(Path folder, String configuration) {
    return startWith(
        LocalServer.program("prometheus", "apt-get install prometheus"), folder, configuration);
  }

  private static PrometheusServer startWith(Path program, Path folder, String configuration) {
    try {
      Files.writeString(folder.resolve(CONFIGURATION), configuration);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return new PrometheusServer(
        LocalServer.start(
            folder, port -> command(program, folder, port), PrometheusServer::isReady));
  }

  private static String configuration(String target, List<Path> rules) {
    StringBuilder files = new StringBuilder();
    rules.forEach(rule -> files.append("\n  - '").append(rule.toAbsolutePath()).append('\''));
    return """
    global:
      scrape_interval: 1s
      scrape_timeout: 1s
      evaluation_interval: 1s
    rule_files: %s
    scrape_configs:
      - job_name: gild
        static_configs:
          - targets: ['%s']
    """
        .formatted(rules.isEmpty() ? "[]" : files, target);
  }

  private static List<String> command(Path program, Path folder, int port) {
    return List.of(
        program.toString(),
        "--config.file=" + folder.resolve(CONFIGURATION),
        "--storage.tsdb.path=" + folder.resolve("data"),
        "--enable-feature=exemplar-storage",
        "--web.listen-address=127.0.0.1:" + port,
        "--log.level=warn");
  }

  private static boolean isReady(int port) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/-/ready"))
              .timeout(LONGEST)
              .build();
      return HttpClient.newHttpClient()
              .send(request, HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /**
   * Returns the URL.
   *
   * @return {@code http://127.0.0.1:port}
   */
  public String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /**
   * Evaluates a query now.
   *
   * @param query PromQL with a vector or a scalar as its result
   * @return its samples
   * @throws IllegalArgumentException if the query is invalid, with Prometheus' words
   */
  public List<Sample> query(String query) {
    return samples(get("query", "query", query));
  }

  /**
   * Evaluates a query at a time, so that several see the same data.
   *
   * @param query PromQL with a vector or a scalar as its result
   * @param time when
   * @return its samples
   * @throws IllegalArgumentException if the query is invalid, with Prometheus' words
   */
  public List<Sample> query(String query, Instant time) {
    return samples(get("query", "query", query, "time", time.toString()));
  }

  private static List<Sample> samples(Map<?, ?> answer) {
    Map<?, ?> data = (Map<?, ?>) part(answer, "data");
    List<?> result = (List<?>) part(data, "result");
    if ("scalar".equals(data.get("resultType"))) {
      return List.of(new Sample(Map.of(), number(result)));
    }
    List<Sample> samples = new ArrayList<>();
    for (Object each : result) {
      Map<?, ?> sample = (Map<?, ?>) each;
      samples.add(
          new Sample(labels(part(sample, "metric")), number((List<?>) part(sample, "value"))));
    }
    return samples;
  }

  /**
   * Returns the exemplars of the last minutes.
   *
   * @param query selects series
   * @return the labels of each exemplar, such as {@code trace_id}
   */
  public List<Map<String, String>> exemplars(String query) {
    long now = System.currentTimeMillis() / 1_000;
    Map<?, ?> answer =
        get(
            "query_exemplars",
            "query",
            query,
            "start",
            String.valueOf(now - 600),
            "end",
            String.valueOf(now + 60));
    List<Map<String, String>> exemplars = new ArrayList<>();
    for (Object series : (List<?>) part(answer, "data")) {
      for (Object each : (List<?>) part((Map<?, ?>) series, "exemplars")) {
        exemplars.add(labels(part((Map<?, ?>) each, "labels")));
      }
    }
    return exemplars;
  }

  /** Waits until the target was scraped from now on, without an error. */
  public void awaitScrape() {
    double before = scrapes();
    awaitTrue("the target was not scraped", () -> scrapes() > before + 1);
  }

  /** Returns how often the target was scraped with success. */
  private double scrapes() {
    return query("sum(count_over_time(up{job=\"gild\"}[10m]) * up{job=\"gild\"})").stream()
        .mapToDouble(Sample::value)
        .sum();
  }

  /** A condition. */
  @FunctionalInterface
  private interface Condition {
    boolean holds();
  }

  private void awaitTrue(String otherwise, Condition condition) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(otherwise + ": " + get("targets"));
      }
      try {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(interrupted);
      }
    }
  }

  /**
   * Requests a resource of the HTTP API.
   *
   * @param resource such as {@code alerts}
   * @param parameters names and values in turn
   * @return the JSON object of the answer
   * @throws IllegalArgumentException if Prometheus rejects the request
   */
  public Map<?, ?> get(String resource, String... parameters) {
    StringBuilder query = new StringBuilder();
    for (int i = 0; i < parameters.length; i += 2) {
      query
          .append(i == 0 ? "?" : "&")
          .append(parameters[i])
          .append('=')
          .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/api/v1/" + resource + query))
            .timeout(LONGEST)
            .build();
    try {
      HttpResponse<String> answer =
          client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (answer.statusCode() != 200) {
        throw new IllegalArgumentException(
            resource + " " + List.of(parameters) + ": " + answer.body());
      }
      return (Map<?, ?>) Objects.requireNonNull(Json.read(answer.body()), "an empty answer");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static Object part(Map<?, ?> json, String name) {
    return Objects.requireNonNull(json.get(name), () -> "no " + name + " in " + json);
  }

  private static Map<String, String> labels(Object json) {
    Map<String, String> labels = new TreeMap<>();
    ((Map<?, ?>) json)
        .forEach((name, value) -> labels.put(String.valueOf(name), String.valueOf(value)));
    return labels;
  }

  /** Reads {@code [time, "number"]}. */
  private static double number(List<?> point) {
    String text = String.valueOf(point.get(1));
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** Ends the server; its folder stays. */
  @Override
  public void close() {
    server.close();
  }
}
