package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.PolicyTree;
import io.gild.config.Problem;
import io.gild.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of Gild's modules, these tests have only the core. */
class AbsentModulesTests {

  @ParameterizedTest
  @CsvSource({
    "gild.observability.prometheus-port, observability.prometheus-port, observability",
    "gild.observability.call-log-max-bytes, observability.call-log-max-bytes, observability",
    "gild.models.retry.max-attempts, models.retry, reliability",
    "gild.budgets.team.limit, budgets, cost",
    "GILD_OBSERVABILITY_PROMETHEUS_PORT, observability.prometheus-port, observability",
    "GILD_OBSERVABILITY_CALL_LOG_MAX_BYTES, observability.call-log-max-bytes, observability",
    "GILD_DEFAULTS_CIRCUIT_BREAKER_SLIDING_WINDOW_SIZE, defaults.circuit-breaker, reliability"
  })
  void namesThePathOfAPropertyOrVariable(String name, String path, String module) {
    Map<String, String> one = Map.of(name, "9");

    Settings settings = Settings.builder().systemProperties(one).environment(one).build();

    assertThat(settings.withoutEffect())
        .singleElement()
        .asString()
        .contains(name + ": " + path + ": has no effect")
        .contains("io.gild:gild-" + module);
  }

  @Test
  void acceptsSettingsOfABuildAndRejectsNearlyRightNames() {
    Map<String, String> ofABuild = Map.of("gild.gates.dev.pass-rate", "0.5");

    assertThat(Settings.builder().systemProperties(ofABuild).build().withoutEffect()).isEmpty();
    assertThatThrownBy(() -> Settings.builder().property("gild.defaults.cachettl", "5m").build())
        .hasMessageContaining("unknown setting");
  }

  @Test
  void namesThePlaceOfEachPolicyThatHasNoEffect() {
    assertThat(
            withoutEffect(
                """
                defaults:
                  retry: {max-attempts: 4}
                models:
                  cache: on
                agents:
                - match: com.acme.Desk#answer
                  circuit-breaker: {}
                  retries: {max-attempts: 2}
                budgets:
                  team: {limit: 5}
                """))
        .containsExactlyInAnyOrder(
            "gild.yaml:2:3: defaults.retry: has no effect, because the reliability module is not"
                + " present. Add the dependency io.gild:gild-reliability.",
            "gild.yaml:4:3: models.cache: has no effect, because the cost module is not present."
                + " Add the dependency io.gild:gild-cost.",
            "gild.yaml:7:3: agents[0].circuit-breaker: has no effect, because the reliability"
                + " module is not present. Add the dependency io.gild:gild-reliability.",
            "gild.yaml:9:1: budgets: has no effect, because the cost module is not present. Add"
                + " the dependency io.gild:gild-cost.");
  }

  @Test
  void namesTheKeysOfASharedSectionThatHaveNoEffect() {
    assertThat(
            withoutEffect(
                """
                observability:
                  model-hosts: [models.acme.com]
                  prometheus-port: 9464
                """))
        .singleElement()
        .asString()
        .startsWith("gild.yaml:3:3: observability.prometheus-port: has no effect");
  }

  @Test
  void acceptsSettingsThatAreOffOrBelongToABuild() {
    assertThat(withoutEffect("agents:\n- match: a.B#c\n  cache: off\n")).isEmpty();
    assertThat(withoutEffect("gates: {dev: {pass-rate: 0.5}}\n")).isEmpty();
    assertThat(Settings.defaults().withoutEffect()).isEmpty();
  }

  @Test
  void namesThePropertyThatHasNoEffect() {
    Settings settings =
        Settings.builder().systemProperties(Map.of("gild.defaults.cache.ttl", "5m")).build();

    assertThat(settings.withoutEffect())
        .singleElement()
        .asString()
        .contains("gild.defaults.cache.ttl")
        .contains("io.gild:gild-cost");
  }

  @Test
  void reportsThePolicyOfAnAnnotationWhoseModuleIsMissingAtRunTime() {
    List<Problem> problems = new ArrayList<>();

    Settings.defaults()
        .policies(
            "desk",
            "a.Desk",
            "answer",
            PolicyTree.of(Map.of("cache", Map.of("ttl", "1h"), "retries", Map.of())),
            problems::add);

    assertThat(problems)
        .singleElement()
        .asString()
        .contains("desk#answer.cache: has no effect, because the cost module is not present");
  }

  @Test
  void isLoggedWhenTheRuntimeStarts(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("gild.yaml"), "defaults: {cache: {ttl: 1h}}");
    List<String> log = new CopyOnWriteArrayList<>();
    GildLog.redirect((line, cause) -> log.add(line));
    System.setProperty("gild.config", file.toString());
    try {
      SettingsFile.start().close();
    } finally {
      System.clearProperty("gild.config");
      GildLog.redirect((line, cause) -> System.err.println("[gild] " + line));
    }

    assertThat(log)
        .contains(
            file
                + ":1:12: defaults.cache: has no effect, because the cost module is not present."
                + " Add the dependency io.gild:gild-cost.");
  }

  private static List<String> withoutEffect(String yaml) {
    return Settings.builder().yaml("gild.yaml", yaml).build().withoutEffect().stream()
        .map(Problem::toString)
        .toList();
  }
}
