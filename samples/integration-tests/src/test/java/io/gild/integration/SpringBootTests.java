package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.testkit.Fault;
import io.gild.testkit.Faults;
import io.gild.testkit.LoggedRequest;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import io.gild.testkit.ModelRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent beside a jar of jars, whose classes come from a loader of Spring Boot's own. */
class SpringBootTests {

  private static final String AGENTS =
      """
      agents:
        - match: com.acme.support.SupportAgent#*
          name: support
      """;

  private static final String ENFORCED =
      """
      mode: enforce
      tiers:
        small: {model: cheap-model}
        large: {model: gpt-4.1-mini}
      agents:
        - match: com.acme.support.SupportAgent#*
          name: support
          route: {strategy: fixed, tiers: [small]}
      models:
        retry: {max-attempts: 3, wait-duration: 0s}
      """;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  private static ModelProvider provider(Faults faults) {
    return ModelProvider.builder()
        .retryAfter(Duration.ZERO)
        .answers(SpringBootTests::answer)
        .faults(faults)
        .start();
  }

  private static ModelAnswer answer(ModelRequest request) {
    if (request.lastText().contains("Where")) {
      return ModelAnswer.toolCall("status", "{\"order\":\"A1\"}");
    }
    return ModelAnswer.text("[" + request.model() + "] " + request.lastText());
  }

  private static SpringBoot start(Jdk jdk, ModelProvider provider, Report report, String yaml)
      throws Exception {
    String agent = "-javaagent:" + Child.agentJar() + "=config=" + ConfigFile.of(yaml);
    return SpringBoot.start(jdk, provider.openAiBaseUrl(), List.of(agent, report.flag()));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void countsTheServedRequestsAndChangesNothing(Jdk jdk) throws Exception {
    Report report = Report.create();
    Faults faults = Faults.script(Fault.STATUS_503, Fault.OK, Fault.OK, Fault.OK, Fault.OK);
    try (ModelProvider provider = provider(faults);
        SpringBoot application = start(jdk, provider, report, "mode: observe\n" + AGENTS)) {
      assertThat(application.ask("answer", "one")).isEqualTo("[gpt-4.1-mini] one");
      assertThat(application.ask("help", "Where is A1?")).contains("A1 is on its way");
      assertThat(application.ask("stream", "two")).isEqualTo("[gpt-4.1-mini] two");
      assertThat(application.end())
          .filteredOn(line -> line.startsWith("[gild]"))
          .last()
          .asString()
          .startsWith("[gild] declared 3, woven 3, and ");
      report.assertEquals(provider.requests());
      assertThat(provider.requests()).hasSize(5);
      assertThat(report.json().path("calls").asInt()).as("agent's, and one tool's").isEqualTo(4);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void routesAndRetries(Jdk jdk) throws Exception {
    Report report = Report.create();
    Faults faults = Faults.script(Fault.OK, Fault.STATUS_503, Fault.OK, Fault.OK, Fault.OK);
    try (ModelProvider provider = provider(faults);
        SpringBoot application = start(jdk, provider, report, ENFORCED)) {
      assertThat(application.ask("answer", "one")).isEqualTo("[cheap-model] one");
      assertThat(application.ask("help", "Where is A1?")).contains("A1 is on its way");
      assertThat(application.ask("stream", "two")).isEqualTo("[cheap-model] two");
      application.end();
      report.assertEquals(provider.requests());
      assertThat(provider.requests()).hasSize(5);
      assertThat(provider.requests()).extracting(LoggedRequest::model).containsOnly("cheap-model");
    }
  }
}
