package io.gild.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.spi.MeterSpec;
import io.gild.testkit.PrometheusServer;
import io.gild.testkit.PrometheusServer.Sample;
import io.gild.testkit.Promtool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runtime with every module, scraped by a real Prometheus while much goes wrong in it. */
class ScrapedMetersTests {

  /**
   * Meters that need what this test does not have: a rollout, golden tasks, a memory, PostgreSQL.
   */
  private static final List<String> ELSEWHERE =
      List.of("gild.rollout.", "gild.eval.", "gild.memory.", "gild.ledger.unsent");

  @TempDir Path folder;
  private FaultyRuntime faulty;

  @BeforeEach
  void start() throws IOException {
    faulty = FaultyRuntime.start();
  }

  @AfterEach
  void end() {
    faulty.close();
  }

  @Test
  void storesAllThatHappens() throws Exception {
    faulty.makeFaults();
    faulty.deliverMessages();
    faulty.runWorkflow();
    try (PrometheusServer prometheus = PrometheusServer.start(folder, faulty.target())) {
      prometheus.awaitScrape();

      for (MeterSpec spec : faulty.runtime().meters().declared()) {
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

  private String scrape() throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://" + faulty.target() + "/metrics")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
