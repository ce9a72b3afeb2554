package io.gild.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.dashboards.AlertRules;
import io.gild.dashboards.Dashboard;
import io.gild.dashboards.Deployment;
import io.gild.dashboards.Panel;
import io.gild.dashboards.Vocabulary;
import io.gild.evaluation.EvaluationMeter;
import io.gild.operations.OperationsMeter;
import io.gild.testkit.PrometheusServer;
import io.gild.testkit.PrometheusServer.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every query of the dashboards, on a real Prometheus that scrapes a runtime with faults. */
class DashboardQueriesTests {

  private static final Vocabulary METERS = Vocabulary.ofClassPath();
  private static final int ROUNDS = 40;
  private static final long BETWEEN_MILLIS = 150;

  /** Keeps the numbers of a rollout, since no rollout runs here. */
  private final Object rollout = new Object();

  @Test
  void findANumberForEachPanel(@TempDir Path folder) throws Exception {
    Path rules = folder.resolve("gild.rules.yml");
    Files.writeString(
        rules, Deployment.of(METERS, Map.of()).files().get("prometheus/gild.rules.yml"));
    try (FaultyRuntime faulty = FaultyRuntime.start();
        PrometheusServer prometheus = PrometheusServer.start(folder, faulty.target(), rules)) {
      publish(faulty);
      faulty.deliverMessages();
      for (int i = 0; i < ROUNDS; i++) {
        faulty.makeFaults();
        faulty.runWorkflow();
        check(faulty);
        Thread.sleep(BETWEEN_MILLIS);
      }
      prometheus.awaitScrape();
      Instant time = Instant.now();

      List<String> empty = new ArrayList<>();
      for (Dashboard dashboard : Deployment.dashboards(METERS)) {
        for (Panel panel : dashboard.panels()) {
          panel
              .targets()
              .forEach(target -> {
                List<Sample> samples = prometheus.query(filled(target.expression()), time);
                if (samples.stream().noneMatch(sample -> Double.isFinite(sample.value()))) {
                  empty.add(panel.title() + ": " + target.expression() + " " + samples);
                }
              });
        }
      }
      assertThat(empty).as("panels without a finite number").isEmpty();
      assertRules(prometheus);
    }
  }

  private static String filled(String expression) {
    return expression
        .replace("$__rate_interval", "30s")
        .replace("$__range", "1m")
        .replace("$job", ".+")
        .replace("$instance", ".+")
        .replace("$agent", ".+")
        .replace("$slo", "0.99");
  }

  private void publish(FaultyRuntime faulty) {
    faulty
        .runtime()
        .meters()
        .publish(OperationsMeter.SHARE.spec(), rollout, same -> 10, "prompt", "support");
    faulty
        .runtime()
        .meters()
        .publish(OperationsMeter.VERDICT.spec(), rollout, same -> 1, "prompt", "support", "pass");
  }

  private static void check(FaultyRuntime faulty) {
    faulty
        .runtime()
        .meters()
        .recorder(EvaluationMeter.SCORE.spec(), "support", "contains")
        .record(1);
    faulty
        .runtime()
        .meters()
        .recorder(EvaluationMeter.RESULTS.spec(), "support", "contains", "pass")
        .record(1);
  }

  private static void assertRules(PrometheusServer prometheus) {
    Map<?, ?> answer = prometheus.get("rules");
    assertThat(answer.toString())
        .contains("gild:agent_error_ratio:rate5m", "GildErrorBudgetBurnFast")
        .doesNotContain("health=err");
    AlertRules rules = AlertRules.of(METERS, Map.of());
    rules
        .recordings()
        .forEach(recording ->
            assertThat(prometheus.query(recording.expression()))
                .as(recording.name())
                .extracting(sample -> sample.label("agent"))
                .contains("support", "desk"));
    rules.alerts().forEach(alert -> prometheus.query(alert.expression()));
    assertThat(prometheus.query("ALERTS{alertstate=~\"pending|firing\"}"))
        .extracting(sample -> sample.label("alertname"))
        .contains("GildBreakerOpen", "GildBudgetExhausted");
  }
}
