package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.testkit.PrometheusServer;
import io.gild.testkit.PrometheusServer.Sample;
import io.gild.testkit.Promtool;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PrometheusTests {

  @RegisterExtension static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

  private static final List<String> HOSTILE =
      List.of(
          "<script>alert(1)</script>",
          "\u001b[31mred",
          "\"} or vector(1) #",
          "line\r\nbreak",
          "\u202eright-to-left",
          "back\\slash\\n",
          "",
          "\ud83d lone surrogate");

  @TempDir Path folder;
  private PrometheusEndpoint endpoint;
  private Telemetry telemetry;
  private GildRuntime runtime;

  @BeforeEach
  void start() throws IOException {
    endpoint = PrometheusEndpoint.start(0);
    telemetry = Telemetry.scraped(endpoint);
    runtime = TestRuntime.with(telemetry);
  }

  @AfterEach
  void end() {
    runtime.close();
    endpoint.close();
  }

  @Test
  void storesEveryMeterWithAFiniteNumber() {
    GovernedMethod agent = agent("support");
    GovernedMethod chat = runtime.method(TestRuntime.spec(CallKind.CHAT, "support", "chat"));
    GovernedMethod embed =
        runtime.method(TestRuntime.spec(CallKind.EMBEDDINGS, "support", "embed"));
    GovernedMethod tool = runtime.method(TestRuntime.spec(CallKind.TOOL, "support", "refund"));
    agent.call(
        null,
        arguments -> {
          chat.call(null, same -> streamed(), "request");
          embed.call(null, same -> answered(), "request");
          return tool.call(null, same -> "done", "request");
        },
        "question");

    try (PrometheusServer prometheus = prometheus()) {
      prometheus.awaitScrape();
      for (ObservabilityMeter meter : ObservabilityMeter.values()) {
        String name = meter.spec().prometheusName();
        String series = meter.spec().buckets().isEmpty() ? name : name + "_count";
        List<Sample> samples = prometheus.query(series);
        assertThat(samples).as(series).isNotEmpty();
        assertThat(samples).as(series).allMatch(sample -> Double.isFinite(sample.value()));
        assertThat(samples.get(0).labels()).as(series).containsKeys(keys(meter));
      }
      assertThat(value(prometheus, "sum(gild_http_throttled_total)")).isEqualTo(1);
      assertThat(
              value(
                  prometheus,
                  "sum(gen_ai_invoke_agent_inference_calls_sum) + 10 * sum(gen_ai_invoke_agent_tool_calls_sum)"))
          .isEqualTo(12);
      assertThat(value(prometheus, "sum(gen_ai_client_token_usage_token_bucket{le=\"1024.0\"})"))
          .isPositive();
    }
  }

  /** Returns the labels that every series has: an empty one is none. */
  private static String[] keys(ObservabilityMeter meter) {
    return meter.spec().tags().stream()
        .filter(key -> !key.equals("error.type"))
        .map(key -> key.replace('.', '_'))
        .toArray(String[]::new);
  }

  @Test
  void exportsFailuresBeforeTheFirstOne() {
    agent("support");

    try (PrometheusServer prometheus = prometheus()) {
      prometheus.awaitScrape();
      for (String query :
          List.of(
              "gild_agent_requests_total{result=\"failure\"}",
              "gild_agent_errors_total",
              "gild_agent_duration_seconds_count{outcome=\"failure\"}",
              "gild_telemetry_dropped_total",
              "gild_effect_replays_total")) {
        assertThat(prometheus.query(query)).as(query).hasSize(1);
        assertThat(prometheus.query(query).get(0).value()).as(query).isZero();
      }
      assertThat(prometheus.query("gild_info").get(0).label("semconv")).isEqualTo("both");
      assertThat(prometheus.query("gild_info").get(0).label("version")).startsWith("0.");
    }
  }

  @Test
  void linksBucketsToTheSpansOfTheirCalls() {
    agent("support").call(null, arguments -> answered(), "question");

    try (PrometheusServer prometheus = prometheus()) {
      prometheus.awaitScrape();
      List<Map<String, String>> exemplars =
          prometheus.exemplars("gild_agent_duration_seconds_bucket");
      assertThat(exemplars)
          .contains(
              Map.of(
                  "trace_id",
                  OTEL.getSpans().get(0).getTraceId(),
                  "span_id",
                  OTEL.getSpans().get(0).getSpanId()));
    }
  }

  @Test
  void escapesNamesAndFindsNothingWrongInThem() {
    for (String name : HOSTILE) {
      agent(name).call(null, arguments -> answered(), "question");
    }

    assertThat(Promtool.checkMetrics(endpoint.scrape()).output()).isEmpty();
    try (PrometheusServer prometheus = prometheus()) {
      prometheus.awaitScrape();
      List<Sample> samples = prometheus.query("gild_agent_cost_usd_total");
      assertThat(samples).hasSize(HOSTILE.size());
      assertThat(samples.stream().map(sample -> sample.label("agent")))
          .contains(
              "<script>alert(1)</script>",
              "\\u001b[31mred",
              "\"} or vector(1) #",
              "line  break",
              "\\u202eright-to-left",
              "back\\slash\\n",
              "");
    }
  }

  @Test
  void putsTenThousandAgentsTogether() {
    for (int i = 0; i < 10_000; i++) {
      agent(HOSTILE.get(i % HOSTILE.size()) + i).call(null, arguments -> "answer", "question");
    }
    String scraped = endpoint.scrape();

    assertThat(scraped.lines().filter(line -> line.startsWith("gild_agent_cost_usd_total{")))
        .hasSize(1_001);
    assertThat(
            scraped
                .lines()
                .filter(line -> line.startsWith("gild_agent_requests_total{agent=\"other\""))
                .filter(line -> line.contains("result=\"success\"")))
        .singleElement()
        .asString()
        .endsWith(" 9000.0");
    assertThat(
            scraped
                .lines()
                .filter(line -> line.startsWith("gild_telemetry_dropped_total{reason=\"series")))
        .singleElement()
        .satisfies(line ->
            assertThat(Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .isGreaterThanOrEqualTo(9_000));
  }

  private PrometheusServer prometheus() {
    return PrometheusServer.start(folder, "127.0.0.1:" + URI.create(endpoint.url()).getPort());
  }

  private static double value(PrometheusServer prometheus, String query) {
    return prometheus.query(query).get(0).value();
  }

  private GovernedMethod agent(String name) {
    return runtime.method(TestRuntime.spec(CallKind.AGENT, name, "answer"));
  }

  private static Object answered() {
    AgentCall call = AgentCall.current();
    call.detail().recordProvider("openai");
    call.recordUsage("gpt-4o-mini", Usage.of(1_000, 200));
    return "answer";
  }

  private static Object streamed() {
    AgentCall call = AgentCall.current();
    call.httpAttempt("POST", "api.openai.com", 443).ended(429);
    call.delivered();
    call.detail().recordFinishReason("length");
    return answered();
  }
}
