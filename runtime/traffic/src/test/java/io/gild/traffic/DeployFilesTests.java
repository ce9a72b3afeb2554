package io.gild.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.judging.CanaryVerdict;
import io.gild.testkit.HaproxyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The examples in {@code config/deploy} are what they claim to be. */
class DeployFilesTests {

  private static final Path KUBERNETES = Path.of("../../config/deploy/kubernetes");

  private static List<Map<?, ?>> documents(String file) throws IOException {
    List<Map<?, ?>> documents = new ArrayList<>();
    Load reader = new Load(LoadSettings.builder().setLabel(file).build());
    for (Object each : reader.loadAllFromString(Files.readString(KUBERNETES.resolve(file)))) {
      documents.add((Map<?, ?>) each);
    }
    return documents;
  }

  private static Map<?, ?> map(Object value) {
    return (Map<?, ?>) value;
  }

  @Test
  void haproxyAcceptsTheExample() throws Exception {
    Process check =
        new ProcessBuilder(
                HaproxyServer.program().toString(), "-c", "-f", Proxies.EXAMPLE.toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(check.getInputStream().readAllBytes());

    assertThat(check.waitFor()).as(printed).isZero();
    assertThat(printed).contains("valid").doesNotContain("WARNING");
  }

  @Test
  void routeHasBothServicesInItsRule() throws IOException {
    HttpRoute route =
        HttpRoute.of(documents("httproute.yaml").get(0), "support-stable", "support-canary");

    assertThat(route.rules()).hasSize(1);
    assertThat(route.rules().get(0).share()).isZero();
    assertThat(route.rules().get(0).others()).isEmpty();
    assertThat(route.rules().get(0).stable().weight()).isEqualTo(10_000);
  }

  @Test
  void roleAllowsWhatTheEngineDoesAndNoMore() throws IOException {
    List<Map<?, ?>> documents = documents("rbac.yaml");
    Map<?, ?> role = documents.get(1);
    Map<?, ?> binding = documents.get(2);

    assertThat(role.get("rules"))
        .isEqualTo(
            List.of(
                Map.of(
                    "apiGroups", List.of("gateway.networking.k8s.io"),
                    "resources", List.of("httproutes"),
                    "verbs", List.of("get", "list", "patch"))));
    assertThat(map(binding.get("roleRef")).get("name"))
        .isEqualTo(map(role.get("metadata")).get("name"));
    assertThat(map(((List<?>) binding.get("subjects")).get(0)).get("name"))
        .isEqualTo(map(documents.get(0).get("metadata")).get("name"));
  }

  @Test
  void analysisAsksForTheVerdict() throws IOException {
    Map<?, ?> metric = metric();
    Map<?, ?> web = map(map(metric.get("provider")).get("web"));

    assertThat(web.get("url")).isEqualTo("{{args.url}}/v1/rollouts/{{args.rollout}}/verdict");
    assertThat(web.get("jsonPath")).isEqualTo("{$.verdict}");
    assertThat(map(((List<?>) web.get("headers")).get(0)))
        .isEqualTo(Map.of("key", "Authorization", "value", "Bearer {{args.token}}"));
    assertThat(metric.get("failureLimit")).isEqualTo(0);
    assertThat((int) metric.get("inconclusiveLimit")).isEqualTo((int) metric.get("count") - 1);
  }

  /** Argo calls a measurement inconclusive that meets neither condition. */
  @ParameterizedTest
  @EnumSource(CanaryVerdict.class)
  void analysisIsInconclusiveUnlessTheVerdictIsCertain(CanaryVerdict verdict) throws IOException {
    Map<?, ?> metric = metric();
    String met = "result == \"" + verdict + "\"";

    assertThat(metric.get("successCondition").equals(met)).isEqualTo(verdict == CanaryVerdict.PASS);
    assertThat(metric.get("failureCondition").equals(met)).isEqualTo(verdict == CanaryVerdict.FAIL);
  }

  private static Map<?, ?> metric() throws IOException {
    Map<?, ?> template = documents("analysis-template.yaml").get(0);
    assertThat(template.get("kind")).isEqualTo("AnalysisTemplate");
    return map(((List<?>) map(template.get("spec")).get("metrics")).get(0));
  }
}
