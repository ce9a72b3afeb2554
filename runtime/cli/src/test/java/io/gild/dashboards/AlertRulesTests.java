package io.gild.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.testkit.Promtool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules, checked and run by promtool. */
class AlertRulesTests {

  private static final Vocabulary METERS = Vocabulary.ofClassPath();
  private static final Path CASES = Path.of("src/test/resources/io/gild/dashboards");

  @TempDir Path folder;

  private Path rules(Map<String, SloSettings> slos) throws Exception {
    Path file = folder.resolve("gild.rules.yml");
    return Files.writeString(
        file, Deployment.of(METERS, slos).files().get("prometheus/gild.rules.yml"));
  }

  @Test
  void areValid() throws Exception {
    Promtool.Ended checked =
        Promtool.run(
            "", "check", "rules", "--lint=all", "--lint-fatal", rules(Map.of()).toString());

    assertThat(checked.output()).contains("SUCCESS");
    assertThat(checked.exitCode()).isZero();
  }

  @Test
  void areValidWithObjectivesOfAgentsOfAnyName() throws Exception {
    SloSettings strict = new SloSettings(0.999, Duration.ofSeconds(5), 0.99);
    Path file =
        rules(
            Map.of(
                "default", new SloSettings(0.95, null, null),
                "support", strict,
                "a.b*c (\"d\" \\ {e})", new SloSettings(0.98, Duration.ofSeconds(60), null)));

    Promtool.Ended checked = Promtool.run("", "check", "rules", file.toString());

    assertThat(checked.output()).contains("SUCCESS");
    assertThat(file).content().contains("agent=\"support\"} > 0.0144").contains("> 0.72");
  }

  @ParameterizedTest
  @ValueSource(strings = {"objectives", "cost", "reliability", "quality", "telemetry", "messages"})
  void fireAndStayQuiet(String cases) throws Exception {
    rules(Map.of());
    Path file = Files.copy(CASES.resolve(cases + ".test.yml"), folder.resolve("test.yml"));

    Promtool.Ended tested = Promtool.run("", "test", "rules", file.toString());

    assertThat(tested.output()).contains("SUCCESS").doesNotContain("FAILED");
    assertThat(tested.exitCode()).isZero();
  }

  @Test
  void areAllTested() throws Exception {
    Set<String> fired = new TreeSet<>();
    try (var files = Files.list(CASES)) {
      for (Path file : files.toList()) {
        Matcher alert =
            Pattern.compile("alertname: (\\w+)\\n\\s+exp_alerts:\\n")
                .matcher(Files.readString(file));
        while (alert.find()) {
          fired.add(alert.group(1));
        }
      }
    }
    Set<String> all = new TreeSet<>();
    AlertRules.of(METERS, Map.of()).alerts().forEach(alert -> all.add(alert.name()));

    assertThat(fired).isEqualTo(all);
  }

  @Test
  void configurePrometheusAndAlertmanager() throws Exception {
    Map<String, String> files = Deployment.of(METERS, Map.of()).files();
    rules(Map.of());
    Path prometheus =
        Files.writeString(folder.resolve("prometheus.yml"), files.get("prometheus/prometheus.yml"));

    assertThat(Promtool.run("", "check", "config", prometheus.toString()).output())
        .contains("SUCCESS")
        .doesNotContain("FAILED");
    Path alertmanager =
        Files.writeString(
            folder.resolve("alertmanager.yml"), files.get("alertmanager/alertmanager.yml"));
    assertThat(Promtool.amtool("check-config", alertmanager.toString()).output())
        .contains("SUCCESS");
    assertThat(
            Promtool.amtool(
                    "config",
                    "routes",
                    "test",
                    "--config.file=" + alertmanager,
                    "severity=page",
                    "alertname=GildBreakerOpen")
                .output())
        .contains("pages");
    assertThat(
            Promtool.amtool(
                    "config",
                    "routes",
                    "test",
                    "--config.file=" + alertmanager,
                    "severity=ticket",
                    "alertname=GildAnomaly")
                .output())
        .contains("tickets");
  }

  @Test
  void refuseAnObjectiveThatCanNeverFire() {
    assertThatThrownBy(() -> new SloSettings(0.93, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("availability must be above 0.9306 and below 1, but is 0.93")
        .hasMessageContaining("the alert could never fire");
    assertThatThrownBy(() -> new SloSettings(null, null, 1.0))
        .hasMessageContaining("latency-share must be above 0.9306 and below 1, but is 1");
    assertThatThrownBy(() -> new SloSettings(Double.NaN, null, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refuseALatencyThatNoBucketMeasures() {
    Map<String, SloSettings> slos =
        Map.of("support", new SloSettings(null, Duration.ofSeconds(7), null));

    assertThatThrownBy(() -> AlertRules.of(METERS, slos))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("but is 7.0; the nearest is 5.0");
  }
}
