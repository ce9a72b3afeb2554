package io.gild.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.a2a.A2aMessage;
import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.coordination.Broker;
import io.gild.coordination.Envelope;
import io.gild.coordination.Intent;
import io.gild.coordination.Redelivery;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.CallRefused;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import io.gild.core.spi.MeterSpec;
import io.gild.orchestration.Orchestrator;
import io.gild.orchestration.Workflow;
import io.gild.testkit.PrometheusServer;
import io.gild.testkit.PrometheusServer.Sample;
import io.gild.testkit.Promtool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runtime with every module, scraped by a real Prometheus while much goes wrong in it. */
class ScrapedMetersTests {

  /** Meters that need what this test does not have: a rollout, golden tasks, a memory. */
  private static final List<String> ELSEWHERE =
      List.of("gild.rollout.", "gild.eval.", "gild.memory.");

  private static final String YAML =
      """
      mode: enforce
      observability: {prometheus-port: %d, semconv: both}
      budgets:
        tiny: {limit: 0.0001, period: 1d}
      tiers:
        small: {model: gpt-4o-mini, max-complexity: 0.9}
        large: {model: gpt-4o}
      agents:
        - agent: support
          retry: {max-attempts: 3, wait-duration: 1ms}
          circuit-breaker: {minimum-number-of-calls: 3, sliding-window-size: 3}
          bulkhead: {max-concurrent-calls: 5}
          rate-limit: {limit-for-period: 1000}
          fallback: {answer: sorry}
        - agent: routed
          route: {strategy: complexity}
        - agent: cached
          cache: {ttl: 1h}
        - agent: poor
          cost: {budget: tiny}
      """;

  @TempDir Path folder;
  private GildRuntime runtime;
  private int port;

  @BeforeEach
  void start() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    runtime =
        GildRuntime.builder()
            .settings(Settings.builder().yaml("gild.yaml", YAML.formatted(port)).build())
            .discover(ScrapedMetersTests.class.getClassLoader())
            .build();
  }

  @AfterEach
  void end() {
    runtime.close();
  }

  @Test
  void storesAllThatHappens() throws Exception {
    makeFaults();
    deliverMessages();
    try (Orchestrator orchestrator = Orchestrator.of(runtime);
        PrometheusServer prometheus = PrometheusServer.start(folder, "127.0.0.1:" + port)) {
      Workflow<String, String> workflow =
          Workflow.<String>named("triage").<String>step("read", text -> text + "!").build();
      assertThat(orchestrator.start(workflow, "hello").result().join()).isEqualTo("hello!");
      prometheus.awaitScrape();

      for (MeterSpec spec : runtime.meters().declared()) {
        if (ELSEWHERE.stream().noneMatch(spec.name()::startsWith)) {
          assertStored(spec, prometheus);
        }
      }
      assertCounts(prometheus);
    }
    assertThat(Promtool.checkMetrics(scrape()).output()).isEmpty();
  }

  private static void assertStored(MeterSpec spec, PrometheusServer prometheus) {
    String series = spec.prometheusName() + (spec.buckets().isEmpty() ? "" : "_count");
    List<Sample> samples = prometheus.query(series);
    assertThat(samples).as(series).isNotEmpty();
    assertThat(samples).as(series).allMatch(sample -> Double.isFinite(sample.value()));
  }

  private static void assertCounts(PrometheusServer prometheus) {
    Map<String, Double> expected = new TreeMap<>();
    expected.put("gild_circuitbreaker_state{agent=\"support\",state=\"open\"}", 1.0);
    expected.put("gild_circuitbreaker_state{agent=\"support\",state=\"closed\"}", 0.0);
    expected.put("sum(gild_http_throttled_total{gen_ai_provider_name=\"openai\"})", 3.0);
    expected.put("sum(gild_retry_calls_total{agent=\"support\",outcome=\"exhausted\"})", 1.0);
    expected.put("sum(gild_fallback_answers_total{agent=\"support\"})", 2.0);
    expected.put("gild_bulkhead_limit{agent=\"support\"}", 5.0);
    expected.put("gild_bulkhead_active{agent=\"support\"}", 0.0);
    expected.put("gild_cache_requests_total{agent=\"cached\",result=\"hit\"}", 2.0);
    expected.put("gild_cost_saved_usd_total{agent=\"cached\",source=\"cache\"}", 0.00054);
    expected.put("gild_budget_refused_total{agent=\"poor\"}", 1.0);
    expected.put("gild_budget_limit_usd{agent=\"poor\",budget=\"tiny\"}", 0.0001);
    expected.put("gild_budget_spent_usd{agent=\"poor\",budget=\"tiny\"}", 0.00027);
    expected.put("sum(gild_model_cost_usd_total) - sum(gild_agent_cost_usd_total) < 1e-12", 0.0);
    expected.put("gild_broker_delivered_total{subscription=\"desk\"}", 3.0);
    expected.put("gild_broker_redelivered_total{subscription=\"desk\"}", 1.0);
    expected.put("sum(gild_broker_dead_letters_total{subscription=\"desk\"})", 1.0);
    expected.put("gild_broker_queued{subscription=\"desk\"}", 0.0);
    expected.put("gild_run_duration_seconds_count{workflow=\"triage\",state=\"completed\"}", 1.0);
    expected.put("gild_run_steps_total{workflow=\"triage\",outcome=\"finished\"}", 1.0);
    expected.forEach((query, value) -> {
      List<Sample> samples = prometheus.query(query);
      assertThat(samples).as(query).hasSize(1);
      assertThat(samples.get(0).value()).as(query).isCloseTo(value, within());
    });
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-9);
  }

  private void makeFaults() {
    GovernedMethod support = method(CallKind.AGENT, "support", "answer");
    GovernedMethod chat = method(CallKind.CHAT, "support", "chat");
    GovernedMethod embed = method(CallKind.EMBEDDINGS, "support", "embed");
    GovernedMethod tool = method(CallKind.TOOL, "desk", "refund");
    GovernedMethod desk = method(CallKind.AGENT, "desk", "answer");
    desk.call(
        null,
        arguments -> {
          chat.call(null, same -> streamed(), "request");
          embed.call(null, same -> answered(), "request");
          return tool.call(null, same -> "done", "request");
        },
        "question");
    for (int i = 0; i < 2; i++) { // the second time, the breaker is open
      support.call(
          null,
          arguments -> {
            AgentCall.current().detail().recordProvider("openai");
            AgentCall.current().httpAttempt("POST", "api.openai.com", 443).ended(429);
            throw new IOException("429 too many requests");
          },
          "question");
    }
    method(CallKind.AGENT, "routed", "answer").call(null, arguments -> answered(), "question");
    GovernedMethod cached = method(CallKind.AGENT, "cached", "answer");
    for (int i = 0; i < 3; i++) {
      cached.call(null, arguments -> answered(), "the same question");
    }
    GovernedMethod poor = method(CallKind.AGENT, "poor", "answer");
    poor.call(null, arguments -> answered(), "question");
    try {
      poor.call(null, arguments -> answered(), "question");
    } catch (CallRefused exhausted) {
      assertThat(exhausted).hasMessageContaining("tiny");
    }
  }

  private void deliverMessages() throws InterruptedException {
    Broker broker = Broker.of(runtime);
    CountDownLatch delivered = new CountDownLatch(3);
    Redelivery twice = Redelivery.DEFAULT.withMaxDeliveries(2);
    broker.subscribe(
        broker.subscription("desk", "desk.*").withRedelivery(twice),
        delivery -> {
          delivered.countDown();
          if (delivery.envelope().topic().endsWith("bad")) {
            throw new IllegalStateException("cannot be handled");
          }
        });
    broker.publish(message("desk.good"));
    broker.publish(message("desk.bad"));
    delivered.await();
    while (broker.deadLetters().list().isEmpty()) {
      Thread.onSpinWait();
    }
  }

  private static Envelope message(String topic) {
    return Envelope.builder(topic, Intent.PUBLISH, A2aMessage.ofUser("hello")).build();
  }

  private GovernedMethod method(CallKind kind, String agent, String name) {
    return runtime.method(
        new MethodSpec(
            kind,
            agent,
            "",
            "com.acme.Desk",
            name,
            "(Ljava/lang/String;)Ljava/lang/String;",
            List.of(new Parameter("question", "java.lang.String", Role.PROMPT)),
            Effect.NONE,
            PolicyTree.empty()));
  }

  private static Object answered() {
    AgentCall call = AgentCall.current();
    call.detail().recordProvider("openai");
    call.recordUsage("gpt-4o-mini", Usage.of(1_000, 200));
    return "answer";
  }

  private static Object streamed() {
    AgentCall.current().delivered();
    AgentCall.current().detail().recordFinishReason("stop");
    return answered();
  }

  private String scrape() throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
