package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.testkit.Fault;
import io.gild.testkit.Faults;
import io.gild.testkit.LoggedRequest;
import io.gild.testkit.ModelProvider;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent with classes outside of the class path: bundles and named modules. */
class ClassLoaderTests {

  private static final String IN_BUNDLES =
      """
      mode: enforce
      tiers:
        small: {model: cheap-model}
        large: {model: own-model}
      agents:
        - match: com.acme.child.FlakyDesk#answer
          retry: {max-attempts: 3, wait-duration: 0s}
        - match: com.acme.child.ModelDesk#*
          name: desk
          route: {strategy: fixed, tiers: [small]}
      models:
        retry: {max-attempts: 3, wait-duration: 0s}
      """;

  private static final String IN_MODULES =
      """
      mode: enforce
      tiers:
        small: {model: cheap-model}
        large: {model: own-model}
      agents:
        - match: com.acme.modular.Desk#named
          retry: {max-attempts: 3, wait-duration: 0s}
        - match: com.acme.modular.Desk#chat
          name: desk
          route: {strategy: fixed, tiers: [small]}
      models:
        retry: {max-attempts: 3, wait-duration: 0s}
        time-limit: {timeout-duration: 20s}
      """;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  private static ModelProvider provider() {
    return ModelProvider.builder()
        .retryAfter(Duration.ZERO)
        .faults(Faults.script(Fault.STATUS_503, Fault.OK, Fault.OK, Fault.OK))
        .start();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void governsAgentsAndLibrariesOfABundle(Jdk jdk) throws Exception {
    Report report = Report.create();
    try (ModelProvider provider = provider();
        Child child =
            Child.on(jdk)
                .flags(report.flag())
                .agent("config=" + ConfigFile.of(IN_BUNDLES))
                .provider(provider.openAiBaseUrl())
                .start()) {
      assertThat(child.ask("bundle-flaky why")).isEqualTo("answer to why");
      assertThat(child.ask("bundle-annotated why")).isEqualTo("annotated answer to why");
      assertThat(child.ask("bundle-chat one")).isEqualTo("[cheap-model] one");
      assertThat(child.ask("bundle-stream two")).isEqualTo("[cheap-model] two");
      assertThat(child.end()).noneMatch(line -> line.contains("fault"));
      report.assertEquals(provider.requests());
      assertThat(provider.requests()).hasSize(3);
      assertThat(provider.requests()).extracting(LoggedRequest::model).containsOnly("cheap-model");
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void governsAgentsAndLibrariesOfModulesThatOpenNothing(Jdk jdk) throws Exception {
    Report report = Report.create();
    try (ModelProvider provider = provider();
        Child child =
            Child.on(jdk)
                .module(Modular.compile(), "com.acme.modular", "com.acme.modular.Main")
                .flags("--add-modules", "ALL-MODULE-PATH", report.flag())
                .agent("config=" + ConfigFile.of(IN_MODULES))
                .provider(provider.openAiBaseUrl())
                .start()) {
      assertThat(child.ask("where")).isEqualTo("is in a named module: true");
      assertThat(child.ask("named why")).isEqualTo("answer to why");
      assertThat(child.ask("annotated why")).isEqualTo("answer to why");
      assertThat(child.ask("chat one")).isEqualTo("[cheap-model] one");
      assertThat(child.ask("chat two")).isEqualTo("[cheap-model] two");
      assertThat(child.end()).last().asString().startsWith("[gild] declared 3, woven 3");
      report.assertEquals(provider.requests());
      assertThat(provider.requests()).hasSize(3);
    }
  }
}
