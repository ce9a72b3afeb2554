package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.integration.TroubledCollector.Trouble;
import io.gild.testkit.ModelProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The agent's own telemetry, and OpenTelemetry's javaagent, with a collector in trouble. */
class CollectorTroubleTests {

  private static final String GOVERNED =
      """
      mode: observe
      agents:
        - match: com.acme.child.ModelDesk#answer
          name: desk
      observability: {prometheus-port: 0}
      """;

  private static final Pattern SCRAPED = Pattern.compile("scraped at (http://\\S+)");
  private static final int SPANS_OF_A_CALL = 3;
  private static final int CALLS = 4;

  private final ModelProvider provider = ModelProvider.builder().start();

  @AfterEach
  void stop() {
    provider.close();
  }

  private Child.Builder child() throws Exception {
    return Child.on(Jdk.own())
        .agent("config=" + ConfigFile.of(GOVERNED))
        .provider(provider.openAiBaseUrl());
  }

  @ParameterizedTest
  @EnumSource
  void countsEachLostSpanAndLogsOneLine(Trouble trouble) throws Exception {
    try (TroubledCollector collector = TroubledCollector.with(trouble);
        Child child =
            child()
                .environment("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint())
                .environment("OTEL_METRICS_EXPORTER", "none")
                .environment("OTEL_EXPORTER_OTLP_TIMEOUT", "1000")
                .environment("OTEL_BSP_EXPORT_TIMEOUT", "2000")
                .environment("OTEL_BSP_SCHEDULE_DELAY", "50")
                .start()) {
      int expected = SPANS_OF_A_CALL * CALLS;
      for (int i = 0; i < CALLS; i++) {
        assertThat(child.ask("chat " + i)).isEqualTo("[own-model] " + i);
        int ended = (i + 1) * SPANS_OF_A_CALL;
        await(() -> trouble == Trouble.DEAD || collector.spans() >= ended);
      }
      if (trouble == Trouble.STALLED) {
        // Only the next batch shows that the exporter no longer waits for this one.
        assertThat(child.ask("chat last")).isEqualTo("[own-model] last");
        await(() -> dropped(child, "not_accepted") >= expected);
      } else if (trouble == Trouble.PARTIAL) {
        await(() -> dropped(child, "rejected") == collector.requests());
        assertThat(dropped(child, "not_accepted")).isZero();
      } else {
        await(() -> dropped(child, "not_accepted") == expected);
        assertThat(dropped(child, "rejected")).isZero();
      }
      assertThat(dropped(child, "queue_full")).isZero();

      List<String> lines = child.end();
      assertThat(child.exitCode()).isZero();
      assertThat(lines)
          .filteredOn(line -> line.contains("lost") || line.contains("export"))
          .singleElement()
          .asString()
          .startsWith("[gild] telemetry is lost: ")
          .contains(trouble == Trouble.STALLED ? "does not end" : collector.endpoint());
    }
  }

  /** Its own exporter logs and drops; Gild cannot see it. */
  @ParameterizedTest
  @EnumSource(names = {"DEAD", "SILENT", "OVERLOADED"})
  void disturbsNoCallBesideOpenTelemetrysJavaagent(Trouble trouble) throws Exception {
    String openTelemetry =
        ClassPaths.of(
            List.of(
                "io.opentelemetry.javaagent:opentelemetry-javaagent:"
                    + System.getProperty("opentelemetry-javaagent.version")));
    try (TroubledCollector collector = TroubledCollector.with(trouble);
        Child child =
            child()
                .flags(
                    "-javaagent:" + openTelemetry,
                    "-Dotel.exporter.otlp.endpoint=" + collector.endpoint(),
                    "-Dotel.exporter.otlp.timeout=1000",
                    "-Dotel.bsp.schedule.delay=50",
                    "-Dotel.metrics.exporter=none",
                    "-Dotel.logs.exporter=none")
                .start()) {
      for (int i = 0; i < CALLS; i++) {
        assertThat(child.ask("chat " + i)).isEqualTo("[own-model] " + i);
      }
      await(() -> trouble == Trouble.DEAD || collector.spans() > 0);
      assertThat(child.end()).noneMatch(line -> line.startsWith("[gild]") && line.contains("lost"));
      assertThat(child.exitCode()).isZero();
    }
  }

  private static double dropped(Child child, String reason) {
    try {
      String address =
          child.errors().stream()
              .map(SCRAPED::matcher)
              .filter(Matcher::find)
              .map(found -> found.group(1))
              .findFirst()
              .orElseThrow();
      HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
      String page =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
      Pattern sample =
          Pattern.compile("gild_telemetry_dropped_total\\{.*reason=\"" + reason + "\".*} (\\S+)");
      Matcher found = sample.matcher(page);
      assertThat(found.find()).as("the reason " + reason + " is exported from the start").isTrue();
      return Double.parseDouble(found.group(1));
    } catch (Exception fault) {
      throw new AssertionError(fault);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("came in time").isLessThan(deadline);
      Thread.sleep(20);
    }
  }
}
