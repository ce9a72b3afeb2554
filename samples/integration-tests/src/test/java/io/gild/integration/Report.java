package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gild.testkit.LoggedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The counts of a governed child. */
final class Report {

  /** Reads the current counts. */
  interface Source {

    JsonNode read() throws IOException;
  }

  /** Counts of a busy child are complete a moment after its answer. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final @Nullable Path file;
  private final Source source;

  private Report(@Nullable Path file, Source source) {
    this.file = file;
    this.source = source;
  }

  /** Returns the report that a child writes when it ends. */
  static Report create() throws IOException {
    Path file = Files.createTempFile("report", ".json");
    file.toFile().deleteOnExit();
    return new Report(file, () -> new ObjectMapper().readTree(file.toFile()));
  }

  /** Returns the counts of a running child since an earlier report. */
  static Report since(JsonNode earlier, Source now) {
    return new Report(null, () -> minus(now.read(), earlier));
  }

  /** Subtracts numbers; models without counts are omitted. */
  private static JsonNode minus(JsonNode now, JsonNode earlier) {
    if (now.isNumber()) {
      return DecimalNode.valueOf(now.decimalValue().subtract(earlier.decimalValue()));
    }
    if (!now.isObject()) {
      return now;
    }
    ObjectNode difference = JsonNodeFactory.instance.objectNode();
    now.properties()
        .forEach(each ->
            difference.set(each.getKey(), minus(each.getValue(), earlier.path(each.getKey()))));
    if (difference.path("models").isObject()) {
      ((ObjectNode) difference.get("models"))
          .properties()
          .removeIf(model -> model.getValue().path("calls").asInt() == 0);
    }
    return difference;
  }

  String flag() {
    return "-Dgild.report.file=" + file;
  }

  JsonNode json() throws IOException {
    return source.read();
  }

  /** Waits for a running child; the report of an ended one is read once. */
  private JsonNode awaited(Predicate<JsonNode> complete) throws IOException {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    JsonNode json = json();
    while (file == null && !complete.test(json) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      json = json();
    }
    return json;
  }

  /**
   * Adds up a meter of the last scrape by one of its tags; zeros are omitted.
   *
   * @param name the meter's name
   * @param tag name of the tag
   */
  Map<String, Double> meter(String name, String tag) throws IOException {
    Pattern line = Pattern.compile(name + "\\{.*" + tag + "=\"([^\"]+)\".*} (\\S+)");
    Map<String, Double> sums = new TreeMap<>();
    for (String each : scraped()) {
      Matcher found = line.matcher(each);
      if (found.matches() && Double.parseDouble(found.group(2)) > 0) {
        sums.merge(found.group(1), Double.parseDouble(found.group(2)), Double::sum);
      }
    }
    return sums;
  }

  private List<String> scraped() throws IOException {
    if (file == null) {
      throw new IllegalStateException("Meters are only written when a child ends.");
    }
    return Files.readAllLines(file.resolveSibling(file.getFileName() + ".prom"));
  }

  /** Checks how many attempts exceeded their time limit. */
  void assertTimedOut(int attempts) throws IOException {
    JsonNode json = awaited(now -> now.path("timeouts").asInt() == attempts);
    assertThat(json.path("timeouts").asInt()).as("attempts out of time").isEqualTo(attempts);
  }

  /** Compares requests and tokens with the provider's log. */
  void assertEquals(List<LoggedRequest> served) throws IOException {
    long tokens =
        served.stream()
            .filter(LoggedRequest::succeeded)
            .mapToLong(request -> request.promptTokens() + request.completionTokens())
            .sum();
    JsonNode json = awaited(now -> requests(now) == served.size() && tokens(now) == tokens);
    assertThat(requests(json)).as("requests that went out").isEqualTo(served.size());
    assertThat(tokens(json)).as("tokens").isEqualTo(tokens);
  }

  private static int requests(JsonNode json) {
    return json.path("httpAttempts").asInt();
  }

  private static long tokens(JsonNode json) {
    long tokens = 0;
    for (JsonNode model : json.path("models")) {
      tokens += model.path("inputTokens").asLong() + model.path("outputTokens").asLong();
    }
    return tokens;
  }
}
