package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gild.testkit.Fault;
import io.gild.testkit.Faults;
import io.gild.testkit.LoggedRequest;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real LangChain4j, a real server, and the agent between them. */
class ModelTests {

  private static final String GOVERNED =
      """
      mode: enforce
      tiers:
        small: {model: cheap-model}
        large: {model: own-model}
      agents:
        - match: com.acme.child.ModelDesk#answer
          name: desk
          route: {strategy: fixed, tiers: [small]}
          retry: {max-attempts: 4, wait-duration: 0s}
          time-limit: {timeout-duration: 20s}
        - match: com.acme.child.ModelDesk#useTool
          name: desk
      models:
        retry: {max-attempts: 4, wait-duration: 0s}
      """;

  private final ModelProvider.Builder providers = ModelProvider.builder().retryAfter(Duration.ZERO);
  private ModelProvider provider;
  private Path report;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  private Child start(Jdk jdk, String yaml) throws Exception {
    provider = providers.start();
    report = Files.createTempFile("report", ".json");
    report.toFile().deleteOnExit();
    return Child.on(jdk)
        .flags("-Dgild.report.file=" + report, "-Dretries=1")
        .agent("config=" + ConfigFile.of(yaml))
        .provider(provider.openAiBaseUrl())
        .start();
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void routesRetriesAndCountsTheServedRequests(Jdk jdk) throws Exception {
    providers.faults(Faults.rate(0.3)).seed(11);
    try (Child child = start(jdk, GOVERNED)) {
      for (int i = 0; i < 10; i++) {
        assertThat(child.ask("chat number " + i)).isEqualTo("[cheap-model] number " + i);
      }
      child.end();
      assertReportEqualsTheLog();
      assertThat(provider.requests()).extracting(LoggedRequest::model).containsOnly("cheap-model");
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void streamsThroughFaults(Jdk jdk) throws Exception {
    providers.faults(Faults.script(Fault.OK, Fault.STATUS_503, Fault.OK));
    try (Child child = start(jdk, GOVERNED)) {
      assertThat(child.ask("stream one two three")).isEqualTo("[own-model] one two three");
      assertThat(child.ask("stream four five")).isEqualTo("[own-model] four five");
      child.end();
      assertReportEqualsTheLog();
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void supportsTools(Jdk jdk) throws Exception {
    providers.answers(request ->
        request.lastText().contains("noon")
            ? ModelAnswer.text("It is noon.")
            : ModelAnswer.toolCall("time", "{}"));
    try (Child child = start(jdk, GOVERNED)) {
      assertThat(child.ask("tool What time is it?")).isEqualTo("It is noon.");
      child.end();
      assertReportEqualsTheLog();
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void changesNothingWhileItObserves(Jdk jdk) throws Exception {
    providers.faults(Faults.script(Fault.STATUS_503, Fault.OK, Fault.OK));
    try (Child child = start(jdk, GOVERNED.replace("enforce", "observe"))) {
      assertThat(child.ask("chat one")).isEqualTo("[own-model] one");
      assertThat(child.ask("stream two")).isEqualTo("[own-model] two");
      child.end();
      assertReportEqualsTheLog();
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void writesTheFiguresOfTheScrapeEndpointAtTheEnd(Jdk jdk) throws Exception {
    try (Child child = start(jdk, GOVERNED + "observability: {prometheus-port: 0}\n")) {
      child.ask("chat one");
      child.end();
      assertThat(Files.readString(report.resolveSibling(report.getFileName() + ".prom")))
          .contains(
              "gild_agent_requests_total{agent=\"desk\",method=\"answer\",result=\"success\",version=\"none\"} 1.0")
          .contains(
              "gild_http_attempts_total{agent=\"desk\",method=\"answer\",version=\"none\"} 1.0")
          .contains("gen_ai_client_operation_duration_seconds_count");
    }
  }

  private void assertReportEqualsTheLog() throws Exception {
    JsonNode json = new ObjectMapper().readTree(report.toFile());
    List<LoggedRequest> served = provider.requests();
    assertThat(json.path("httpAttempts").asInt()).isEqualTo(served.size());
    long tokens = 0;
    for (JsonNode model : json.path("models")) {
      tokens += model.path("inputTokens").asLong() + model.path("outputTokens").asLong();
    }
    assertThat(tokens)
        .isEqualTo(
            served.stream()
                .filter(LoggedRequest::succeeded)
                .mapToLong(request -> request.promptTokens() + request.completionTokens())
                .sum());
  }
}
