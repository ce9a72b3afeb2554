package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gild.testkit.LoggedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The report that a governed child leaves behind.
 *
 * @param file where it is written
 */
record Report(Path file) {

  static Report create() throws IOException {
    Path file = Files.createTempFile("report", ".json");
    file.toFile().deleteOnExit();
    return new Report(file);
  }

  String flag() {
    return "-Dgild.report.file=" + file;
  }

  JsonNode json() throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  /**
   * Adds up a meter of the last scrape by one of its tags; what is zero is left out.
   *
   * @param name the meter's name
   * @param tag name of the tag
   */
  Map<String, Double> meter(String name, String tag) throws IOException {
    Pattern line = Pattern.compile(name + "\\{.*" + tag + "=\"([^\"]+)\".*} (\\S+)");
    Map<String, Double> sums = new TreeMap<>();
    for (String each : Files.readAllLines(file.resolveSibling(file.getFileName() + ".prom"))) {
      Matcher found = line.matcher(each);
      if (found.matches() && Double.parseDouble(found.group(2)) > 0) {
        sums.merge(found.group(1), Double.parseDouble(found.group(2)), Double::sum);
      }
    }
    return sums;
  }

  /** Checks how many attempts exceeded their time. */
  void assertTimedOut(int attempts) throws IOException {
    assertThat(json().path("timeouts").asInt()).as("attempts out of time").isEqualTo(attempts);
  }

  /** Compares requests and tokens with what the provider says it served. */
  void assertEquals(List<LoggedRequest> served) throws IOException {
    assertThat(json().path("httpAttempts").asInt())
        .as("requests that went out")
        .isEqualTo(served.size());
    long tokens = 0;
    for (JsonNode model : json().path("models")) {
      tokens += model.path("inputTokens").asLong() + model.path("outputTokens").asLong();
    }
    assertThat(tokens)
        .as("tokens")
        .isEqualTo(
            served.stream()
                .filter(LoggedRequest::succeeded)
                .mapToLong(request -> request.promptTokens() + request.completionTokens())
                .sum());
  }
}
