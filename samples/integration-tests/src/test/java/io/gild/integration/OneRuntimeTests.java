package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.tools.attach.VirtualMachine;
import io.gild.testkit.Fault;
import io.gild.testkit.Faults;
import io.gild.testkit.LoggedRequest;
import io.gild.testkit.ModelProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Annotated code that was compiled with the processor, run with the javaagent, with the listener of
 * LangChain4j, with both and with neither: one application has one runtime.
 */
class OneRuntimeTests {

  /** How Gild is added to the application. */
  private enum Way {
    AGENT,
    LISTENER,
    AGENT_AND_LISTENER;

    boolean agent() {
      return this != LISTENER;
    }

    boolean listener() {
      return this != AGENT;
    }
  }

  private static final String MAIN = "com.acme.wrapped.Main";

  private static final String SETTINGS =
      """
      tiers:
        small: {model: gpt-4o-mini}
        large: {model: gpt-4o}
      budget-accounts: {store: in-process}
      budgets:
        tiny: {limit: 0.001, period: 1d, per: tenant}
      limits: {max-failed-requests: 12}
      observability: {prometheus-port: 0}
      """;

  private static String classPath;

  private ModelProvider provider = ModelProvider.builder().faults(Faults.none()).start();

  @BeforeAll
  static void compile() throws IOException {
    classPath =
        Wrapped.compile("wrapped", ConfigFile.of(SETTINGS), Files.createTempDirectory("wrapped"));
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  static List<Arguments> ways() {
    List<Arguments> ways = new ArrayList<>();
    for (Jdk jdk : Jdk.all()) {
      for (Way way : Way.values()) {
        ways.add(Arguments.of(jdk, way));
      }
    }
    return ways;
  }

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  private Child.Builder child(Jdk jdk, Way way, Report report, String settings) throws IOException {
    Child.Builder child =
        Child.on(jdk)
            .onlyClassPath(classPath)
            .mainClass(MAIN)
            .flags(report.flag(), "-Dgild.config=" + ConfigFile.of(settings))
            .flags("-Dlistener=" + way.listener(), "-XX:+EnableDynamicAgentLoading")
            .provider(provider.openAiBaseUrl());
    return way.agent() ? child.agent("") : child;
  }

  private long requestsFor(String model) {
    return provider.requests().stream().filter(each -> each.model().equals(model)).count();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void refusesCallsBeyondTheBudgetInEitherOrder(Jdk jdk, Way way) throws Exception {
    Report report = Report.create();
    int refused = 0;
    List<String> errors;
    try (Child child = child(jdk, way, report, SETTINGS).start()) {
      for (int i = 0; i < 40; i++) {
        refused += child.ask("budgeted question " + i).equals("threw BudgetExhausted") ? 1 : 0;
      }
      errors = child.end();
    }
    assertThat(refused).isBetween(1, 39);
    assertThat(provider.requests()).hasSize(40 - refused);
    assertThat(report.meter("gild_agent_requests_total", "agent"))
        .as("one call is counted once")
        .containsEntry("desk", 40.0);
    JsonNode json = report.json();
    assertThat(json.path("refused").asInt()).isEqualTo(refused);
    assertThat(json.path("calls").asInt()).isEqualTo(40);
    assertThat(json.path("models").findValue("calls").asInt()).isEqualTo(40 - refused);
    assertThat(errors).noneMatch(line -> line.contains("steps aside"));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void limitsTheFailedRequestsOfAWrappedCall(Jdk jdk) throws Exception {
    provider.close();
    provider = ModelProvider.builder().faults(Faults.rate(1).weighing(Fault.STATUS_500, 1)).start();
    Report report = Report.create();
    try (Child child = child(jdk, Way.AGENT, report, SETTINGS).flags("-Dretries=2").start()) {
      assertThat(child.ask("stubborn why")).startsWith("threw ");
      child.end();
    }
    assertThat(provider.requests()).hasSize(12);
    assertThat(report.json().path("httpAttempts").asInt()).isEqualTo(12);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void routesByRewritingTheRequest(Jdk jdk) throws Exception {
    try (Child child = child(jdk, Way.AGENT, Report.create(), SETTINGS).start()) {
      assertThat(child.ask("routed why")).contains("why");
      child.end();
    }
    assertThat(provider.requests()).extracting(LoggedRequest::model).containsOnly("gpt-4o-mini");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void keepsAllPoliciesOfTheWrapper(Jdk jdk) throws Exception {
    Report report = Report.create();
    try (Child child = child(jdk, Way.AGENT, report, SETTINGS).start()) {
      String first = child.ask("cached same");
      assertThat(child.ask("cached same")).isEqualTo(first);
      assertThat(child.ask("later soon")).contains("soon");
      assertThat(child.ask("reporting this")).isEqualTo("reported");
      provider.close();
      assertThat(child.ask("fallback now")).isEqualTo("Sorry.");
      child.end();
    }
    assertThat(provider.requests()).hasSize(2);
    assertThat(report.json().path("cache").path("hits").asInt()).isEqualTo(1);
    assertThat(report.meter("gild_agent_requests_total", "method"))
        .containsEntry("cached", 2.0)
        .containsEntry("later", 1.0)
        .containsEntry("reporting", 1.0)
        .containsEntry("fallback", 1.0);
    long reported = 0;
    for (JsonNode model : report.json().path("models")) {
      reported += model.path("inputTokens").asLong() + model.path("outputTokens").asLong();
    }
    long served =
        provider.requests().stream()
            .mapToLong(request -> request.promptTokens() + request.completionTokens())
            .sum();
    assertThat(reported).isEqualTo(served + 70);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void onlyObservesTheWrapperInObserveMode(Jdk jdk) throws Exception {
    Report report = Report.create();
    try (Child child = child(jdk, Way.AGENT, report, "mode: observe\n" + SETTINGS).start()) {
      for (int i = 0; i < 20; i++) {
        assertThat(child.ask("budgeted question " + i)).doesNotStartWith("threw");
      }
      child.ask("routed why");
      child.end();
    }
    assertThat(requestsFor("gpt-4o")).isEqualTo(21);
    assertThat(report.meter("gild_agent_requests_total", "agent")).containsEntry("desk", 21.0);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void governsTheWrapperBeforeDuringAndAfterAnAttachment(Jdk jdk) throws Exception {
    Report report = Report.create();
    try (Child child = child(jdk, Way.LISTENER, report, SETTINGS).start()) {
      String first = child.ask("cached before");
      assertThat(child.ask("cached before")).isEqualTo(first);
      agent(child, "");
      child.ask("routed one");
      assertThat(requestsFor("gpt-4o-mini")).isEqualTo(1);
      first = child.ask("cached inside");
      assertThat(child.ask("cached inside")).isEqualTo(first);
      assertThat(requestsFor("gpt-4o")).isEqualTo(2);
      agent(child, "detach");
      child.ask("cached before");
      assertThat(requestsFor("gpt-4o")).as("the application's own cache still exists").isEqualTo(2);
      child.ask("routed two");
      assertThat(requestsFor("gpt-4o")).as("requests are no longer rewritten").isEqualTo(3);
      assertThat(child.end()).noneMatch(line -> line.contains("steps aside"));
    }
  }

  private static void agent(Child child, String options) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(child.pid());
    try {
      machine.loadAgent(Child.agentJar(), options);
    } finally {
      machine.detach();
    }
  }

  @Test
  void proposesGoldenTasksOfAWrappedAgent(@TempDir Path folder) throws Exception {
    MavenBuild.Outcome outcome =
        MavenBuild.finish(
            List.of(
                "/bin/sh",
                "-c",
                "echo 'cached what' | \"$0\" \"$@\"",
                Jdk.own().java(),
                "-jar",
                System.getProperty("gild.cli.jar"),
                "record",
                "--agent",
                Child.agentJar(),
                "--agent-method=com.acme.wrapped.Desk#cached",
                "--out",
                "recording",
                "--",
                Jdk.own().java(),
                "-cp",
                classPath,
                MAIN),
            folder,
            Map.of("PROVIDER", provider.openAiBaseUrl()));
    assertThat(outcome.log()).contains("Proposed 1 golden task: recording/golden.yaml");
    assertThat(Files.readString(folder.resolve("recording/golden.yaml"))).contains("what");
  }
}
