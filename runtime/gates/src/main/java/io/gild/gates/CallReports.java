package io.gild.gates;

import io.gild.config.Experimental;
import io.gild.config.Json;
import io.gild.config.Suggestions;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads reports of calls: of load tests, from Gild's own report, from its scrape endpoint. */
@Experimental
public final class CallReports {

  private static final List<String> KEYS =
      List.of("agent", "version", "finished", "calls", "errors", "p95Ms");

  private CallReports() {}

  /**
   * Reads the report of a load test: an object, or a list of one per agent, such as {@code
   * {"agent": "support", "version": "1.2", "finished": "2026-11-20T10:00:00Z", "calls": 5000,
   * "errors": 3, "p95Ms": 840}}; without an agent the report covers all agents.
   *
   * @param file the file
   * @return the reports
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it has another format; the message names file and key
   */
  public static List<CallReport> loadTest(Path file) throws IOException {
    try {
      Object content = Json.read(Files.readString(file));
      List<?> items =
          content instanceof List<?> list ? list : List.of(content == null ? "" : content);
      List<CallReport> reports = new ArrayList<>();
      for (Object item : items) {
        if (!(item instanceof Map<?, ?> map)) {
          throw new IllegalArgumentException(" expected a JSON object, or a list of them");
        }
        reports.add(report(file, map));
      }
      return reports;
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(file + ":" + wrong.getMessage(), wrong);
    }
  }

  /**
   * Writes reports as {@link #loadTest} reads them.
   *
   * @param reports the reports
   * @return JSON
   */
  public static String write(List<CallReport> reports) {
    List<Object> items = new ArrayList<>();
    for (CallReport report : reports) {
      Map<String, @Nullable Object> item = new LinkedHashMap<>();
      item.put("agent", report.agent());
      item.put("version", report.version());
      item.put("finished", report.finished().toString());
      item.put("calls", report.calls());
      item.put("errors", report.errors());
      Duration p95 = report.p95();
      item.put("p95Ms", p95 == null ? null : BigDecimal.valueOf(p95.toNanos(), 6));
      items.add(item);
    }
    return Json.pretty(items);
  }

  /**
   * Reads the scrape endpoint of a running application.
   *
   * @param endpoint such as {@code http://127.0.0.1:9464/metrics}
   * @param timeout how long to wait for its answer
   * @param now the time of the scrape
   * @return one report per agent; empty if the application governs none
   * @throws IOException if the endpoint does not answer with success; the message names the
   *     endpoint
   * @throws InterruptedException if the thread is interrupted
   */
  public static List<CallReport> scrape(URI endpoint, Duration timeout, Instant now)
      throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(timeout).build();
    HttpRequest request = HttpRequest.newBuilder(endpoint).timeout(timeout).build();
    HttpResponse<String> response;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new IOException("Cannot scrape " + endpoint + ": " + failure, failure);
    }
    if (response.statusCode() != 200) {
      throw new IOException("Cannot scrape " + endpoint + ": it answers " + response.statusCode());
    }
    return PrometheusText.read(endpoint.toString(), response.body(), now);
  }

  /**
   * Reads the answer of a scrape endpoint.
   *
   * @param source where the text is from, for messages
   * @param text metrics in the text format of Prometheus or OpenMetrics
   * @param at when they were scraped
   * @return one report per agent; empty if there is none
   * @throws IllegalArgumentException if a metric of Gild cannot be read; the message names the line
   */
  public static List<CallReport> prometheus(String source, String text, Instant at) {
    return PrometheusText.read(source, text, at);
  }

  /**
   * Reads the report that Gild writes when a JVM ends ({@code observability.report}).
   *
   * <p>Latencies are in the scrape beside it, {@code FILE.prom}, which exists if the endpoint was
   * on; it gives one report per agent.
   *
   * @param file the report
   * @return the reports
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it has another format; the message names the file
   */
  public static List<CallReport> gildReport(Path file) throws IOException {
    Instant written = Files.getLastModifiedTime(file).toInstant();
    Path scraped = file.resolveSibling(file.getFileName() + ".prom");
    if (Files.exists(scraped)) {
      return PrometheusText.read(scraped.toString(), Files.readString(scraped), written);
    }
    try {
      if (Json.read(Files.readString(file)) instanceof Map<?, ?> map) {
        long failed = whole(map, "failed") + whole(map, "refused");
        long calls = whole(map, "succeeded") + failed;
        return List.of(new CallReport(file.toString(), "", "", written, calls, failed, null));
      }
      throw new IllegalArgumentException(" expected a JSON object");
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(file + ":" + wrong.getMessage(), wrong);
    }
  }

  private static CallReport report(Path file, Map<?, ?> map) {
    for (Object key : map.keySet()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(
            " unknown key \"" + key + "\"." + Suggestions.didYouMean(key.toString(), KEYS));
      }
    }
    Object p95 = map.get("p95Ms");
    if (p95 != null && !(p95 instanceof Number)) {
      throw new IllegalArgumentException(" p95Ms must be a number, but is \"" + p95 + "\"");
    }
    return new CallReport(
        file.toString(),
        text(map, "agent"),
        text(map, "version"),
        moment(text(map, "finished")),
        whole(map, "calls"),
        whole(map, "errors"),
        p95 == null ? null : Duration.ofNanos((long) (((Number) p95).doubleValue() * 1e6)));
  }

  private static String text(Map<?, ?> map, String key) {
    Object value = map.get(key);
    return value == null ? "" : value.toString();
  }

  private static Instant moment(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException wrong) {
      throw new IllegalArgumentException(
          " finished must be a moment such as 2026-11-20T10:00:00Z, but is \"" + text + "\"",
          wrong);
    }
  }

  private static long whole(Map<?, ?> map, String key) {
    if (map.get(key) instanceof Long number && number >= 0) {
      return number;
    }
    throw new IllegalArgumentException(
        " " + key + " must be a whole number from 0, but is " + Json.write(map.get(key)));
  }
}
