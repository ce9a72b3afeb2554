package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gild.testkit.Faults;
import io.gild.testkit.LoggedRequest;
import io.gild.testkit.ModelProvider;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
 * Every entry point of one application, in every mode, with every shape of result: calls, requests,
 * tokens, money and refusals equal those of the provider's own log.
 */
class CombinationTests {

  private static final String BUDGETS =
      """
      budget-accounts: {store: in-process}
      budgets:
        blocking: {limit: 0.001, period: 1d}
        future: {limit: 0.001, period: 1d}
        stream: {limit: 0.001, period: 1d}
      observability: {prometheus-port: 0}
      """;

  private static final String NAMED =
      """
      agents:
        - match: com.acme.combined.NamedDesk#blocking
          name: desk
          cost: {budget: blocking}
        - match: com.acme.combined.NamedDesk#future
          name: desk
          cost: {budget: future}
        - match: com.acme.combined.NamedDesk#stream
          name: desk
          cost: {budget: stream}
      """;

  private static final int CALLS = 20;
  private static final List<String> SHAPES = List.of("blocking", "future", "stream");
  private static final BigDecimal INPUT_PRICE = new BigDecimal("2.50");
  private static final BigDecimal OUTPUT_PRICE = new BigDecimal("10.00");

  @TempDir static Path folder;

  private static String classPath;

  private final ModelProvider provider = ModelProvider.builder().faults(Faults.none()).start();

  @BeforeAll
  static void build() throws Exception {
    Path settings = Files.writeString(folder.resolve("compiled.yaml"), BUDGETS);
    Path classes = Files.createDirectories(folder.resolve("target/classes"));
    classPath = Wrapped.compile("combined", settings, classes, "-Agild.weaving=true");
    MavenBuild.Outcome woven =
        MavenBuild.in(folder)
            .write(
                "pom.xml",
                """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>com.acme</groupId><artifactId>combined</artifactId><version>1</version>
                </project>
                """)
            .run("io.gild:gild-maven-plugin:" + MavenBuild.VERSION + ":weave");
    assertThat(woven.log()).contains("Wove com.acme.combined.WovenDesk#stream.");
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  static List<Arguments> combinations() {
    List<Arguments> all = new ArrayList<>();
    for (String mode : List.of("enforce", "observe")) {
      for (String desk : List.of("wrapped", "woven")) {
        all.add(Arguments.of(desk, mode, false, true));
      }
      for (String desk : List.of("wrapped", "woven", "named")) {
        all.add(Arguments.of(desk, mode, true, false));
        all.add(Arguments.of(desk, mode, true, true));
      }
    }
    return all;
  }

  private Child.Builder child(Path settings, Report report, boolean agent, boolean listener) {
    Child.Builder child =
        Child.on(Jdk.own())
            .onlyClassPath(classPath)
            .mainClass("com.acme.combined.Main")
            .flags(report.flag(), "-Dgild.config=" + settings, "-Dlistener=" + listener)
            .flags("-Dcarry=" + !agent)
            .provider(provider.openAiBaseUrl());
    return agent ? child.agent("") : child;
  }

  @ParameterizedTest(name = "{0}, {1}, agent {2}, listener {3}")
  @MethodSource("combinations")
  void countsAndRefusesEqually(String desk, String mode, boolean agent, boolean listener)
      throws Exception {
    Report report = Report.create();
    Path settings = ConfigFile.of("mode: " + mode + "\n" + BUDGETS + (agent ? NAMED : ""));
    int refused = 0;
    try (Child child = child(settings, report, agent, listener).start()) {
      for (String shape : SHAPES) {
        int refusedOfShape = 0;
        for (int i = 0; i < CALLS; i++) {
          String answer = child.ask(desk + " " + shape + " question " + i);
          boolean no = answer.equals("threw BudgetExhausted");
          assertThat(no || answer.contains("question " + i)).as(shape + ": " + answer).isTrue();
          refusedOfShape += no ? 1 : 0;
        }
        if (mode.equals("enforce")) {
          assertThat(refusedOfShape).as(shape).isBetween(1, CALLS - 1);
        } else {
          assertThat(refusedOfShape).as(shape).isZero();
        }
        refused += refusedOfShape;
      }
      assertThat(child.end()).noneMatch(line -> line.contains("steps aside"));
    }
    int calls = SHAPES.size() * CALLS;
    assertThat(provider.requests()).hasSize(calls - refused);
    assertThat(report.meter("gild_agent_requests_total", "agent"))
        .isEqualTo(Map.of("desk", (double) calls));
    JsonNode json = report.json();
    assertThat(json.path("calls").asInt()).isEqualTo(calls);
    assertThat(json.path("refused").asInt()).isEqualTo(refused);
    assertThat(json.path("models").findValue("calls").asInt()).isEqualTo(calls - refused);
    assertThat(new BigDecimal(json.path("costUsd").asText()).setScale(9, RoundingMode.HALF_UP))
        .isEqualByComparingTo(cost());
    if (agent) {
      report.assertEquals(provider.requests());
    }
  }

  private BigDecimal cost() {
    BigDecimal sum = BigDecimal.ZERO;
    for (LoggedRequest request : provider.requests()) {
      sum =
          sum.add(INPUT_PRICE.multiply(BigDecimal.valueOf(request.promptTokens(), 6)))
              .add(OUTPUT_PRICE.multiply(BigDecimal.valueOf(request.completionTokens(), 6)));
    }
    return sum;
  }

  @Test
  void reloadAppliesToEveryEntryPoint() throws Exception {
    Path settings = ConfigFile.of(BUDGETS + NAMED + "mode: enforce\n");
    Report report = Report.create();
    try (Child child = child(settings, report, true, false).start()) {
      for (String desk : List.of("wrapped", "woven", "named")) {
        while (!child.ask(desk + " blocking until it is refused").startsWith("threw")) {
          assertThat(provider.requests()).hasSizeLessThan(100);
        }
      }
      Files.writeString(settings, (BUDGETS + NAMED + "mode: enforce\n").replace("0.001", "1000"));
      Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
      while (child.ask("wrapped blocking again").startsWith("threw")) {
        assertThat(Instant.now()).as("the time by which the file is read").isBefore(deadline);
      }
      for (String desk : List.of("wrapped", "woven", "named")) {
        assertThat(child.ask(desk + " blocking after it")).contains("after it");
      }
      child.end();
    }
    report.assertEquals(provider.requests());
  }
}
