package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gild.testkit.LoggedRequest;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import io.gild.testkit.ModelRequest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command {@code gild eval}, as users run it, on an unmodified agent. */
class EvalTests {

  private static final List<String> LANGCHAIN4J =
      List.of(
          "dev.langchain4j:langchain4j-core:1.19.0",
          "dev.langchain4j:langchain4j:1.19.0",
          "dev.langchain4j:langchain4j-open-ai:1.19.0",
          "org.slf4j:slf4j-nop:2.0.17");

  private static final String TASKS =
      """
      tasks:
        - id: time
          input: What time is it?
          checks:
            - contains: noon
            - trajectory: [time]
            - tokens: 100000
            - cost: 1
            - attempts: 1
      """;

  private static final String GOVERNED =
      """
      mode: enforce
      prices:
        own-model: {input: 1.0, output: 2.0}
      models:
        cache: {ttl: 1h}
      """;

  @TempDir Path folder;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  /** The result of the command. */
  private record Outcome(int status, String out, String errors) {}

  @ParameterizedTest
  @MethodSource("jdks")
  void measuresAnUnmodifiedAgent(Jdk jdk) throws Exception {
    try (ModelProvider provider = ModelProvider.builder().answers(EvalTests::answer).start()) {
      Outcome outcome =
          eval(
              jdk,
              Map.of("PROVIDER", provider.openAiBaseUrl()),
              TASKS,
              "com.acme.library.LangChain4jDesk#tool",
              "--repeats=3",
              "--config=" + write("gild.yaml", GOVERNED));

      assertThat(outcome.status()).as(outcome.out() + outcome.errors()).isZero();
      assertThat(outcome.errors()).contains("3/3 PASSED LangChain4jDesk/time #3");
      // The cache of the model is not used: each run calls twice, with the tool between.
      assertThat(provider.requests()).hasSize(6);
      List<JsonNode> results = results();
      assertThat(results).extracting(result -> result.path("requests").asInt()).containsOnly(2);
      assertThat(results.stream().mapToLong(result -> result.path("inputTokens").asLong()).sum())
          .isEqualTo(provider.requests().stream().mapToLong(LoggedRequest::promptTokens).sum());
      assertThat(results.get(0).path("costUsd").decimalValue()).isPositive();
    }
  }

  @Portable
  @Test
  void doesNotCountAFailedJudgeAsAFailureOfTheAgent() throws Exception {
    String tasks =
        """
        - id: judged
          input: What time is it?
          checks: [{judge: It tells the time.}]
        - id: plain
          input: What time is it?
          expected: noon
          validator: contains
        """;
    try (ModelProvider provider = ModelProvider.builder().answers(EvalTests::answer).start()) {
      String agent = "com.acme.library.LangChain4jDesk#chat";
      Outcome up =
          eval(
              Jdk.own(),
              Map.of(
                  "PROVIDER", provider.openAiBaseUrl(),
                  "OPENAI_BASE_URL", provider.openAiBaseUrl()),
              tasks,
              agent);
      assertThat(up.status()).as(up.out() + up.errors()).isZero();

      Outcome down =
          eval(
              Jdk.own(),
              Map.of(
                  "PROVIDER", provider.openAiBaseUrl(), "OPENAI_BASE_URL", "http://127.0.0.1:1/v1"),
              tasks,
              agent,
              "--seed=2");

      assertThat(down.status()).isEqualTo(1);
      assertThat(down.out())
          .containsPattern("LangChain4jDesk/judged +0 of 0 +judge failed .*does not answer")
          .doesNotContain("LangChain4jDesk/plain");
    }
  }

  @Portable
  @Test
  void dividesTheTasksAmongMachines() throws Exception {
    StringBuilder tasks = new StringBuilder("tasks:\n");
    for (int i = 1; i <= 8; i++) {
      tasks.append(
          "  - {id: t%d, input: What time is it?, checks: [{contains: noon}]}\n".formatted(i));
    }
    try (ModelProvider provider = ModelProvider.builder().answers(EvalTests::answer).start()) {
      Map<String, String> environment = Map.of("PROVIDER", provider.openAiBaseUrl());
      String agent = "com.acme.library.LangChain4jDesk#chat";
      for (int shard = 1; shard <= 3; shard++) {
        Outcome part =
            eval(Jdk.own(), environment, tasks.toString(), agent, "--shard=" + shard + "/3");
        assertThat(part.status()).as(part.out() + part.errors()).isZero();
        assertThat(part.out()).contains("Shard " + shard + "/3: ");
      }
      assertThat(results())
          .extracting(result -> result.path("task").asText())
          .containsExactlyInAnyOrder("t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8");
      Outcome other =
          eval(Jdk.own(), environment, tasks.toString(), agent, "--resume", "--shard=1/3");
      assertThat(other.status()).isEqualTo(2);
      assertThat(other.errors())
          .contains("--shard is 1/3, but the run that --resume continues is shard 3/3");
      Outcome wrong = eval(Jdk.own(), environment, tasks.toString(), agent, "--shard=9/8");
      assertThat(wrong.errors()).contains("--shard must be from 1/8 to 8/8, but is 9/8");
    }
  }

  private static final String JUDGED =
      """
      - id: judged
        input: What time is it?
        checks: [{judge: It tells the time.}]
      """;

  @Portable
  @Test
  void usesTheJudgeOfTheSettings() throws Exception {
    try (ModelProvider provider = ModelProvider.builder().answers(EvalTests::answer).start();
        ModelProvider judge = ModelProvider.builder().answers(EvalTests::answer).start()) {
      String settings =
          """
          evaluation:
            base-url: %s
            model: strict-model
            api-key-env: JUDGE_KEY
            timeout: 20s
          """
              .formatted(judge.openAiBaseUrl());
      Outcome outcome =
          eval(
              Jdk.own(),
              Map.of(
                  "PROVIDER", provider.openAiBaseUrl(),
                  "OPENAI_BASE_URL", "http://127.0.0.1:1/v1",
                  "JUDGE_KEY", "none"),
              JUDGED,
              "com.acme.library.LangChain4jDesk#chat",
              "--config=" + write("gild.yaml", settings));

      assertThat(outcome.status()).as(outcome.out() + outcome.errors()).isZero();
      assertThat(judge.requests())
          .singleElement()
          .extracting(LoggedRequest::model)
          .isEqualTo("strict-model");
      assertThat(provider.requests()).hasSize(1);
    }
  }

  @Portable
  @Test
  void usesNoOtherJudgeIfItsSettingsAreInvalid() throws Exception {
    try (ModelProvider provider = ModelProvider.builder().answers(EvalTests::answer).start()) {
      Outcome outcome =
          eval(
              Jdk.own(),
              Map.of(
                  "PROVIDER", provider.openAiBaseUrl(),
                  "OPENAI_BASE_URL", provider.openAiBaseUrl()),
              JUDGED,
              "com.acme.library.LangChain4jDesk#chat",
              "--config=" + write("gild.yaml", "evaluation:\n  base-ulr: http://judge:1/v1\n"));

      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.out())
          .contains("judge failed", "gild.yaml:2:3: evaluation.base-ulr: unknown key.")
          .contains("Did you mean \"base-url\"?");
      assertThat(provider.requests()).as("the agent's own").hasSize(1);
    }
  }

  @Portable
  @Test
  void suggestsTheNearestMethod() throws Exception {
    Outcome outcome = eval(Jdk.own(), Map.of(), TASKS, "com.acme.library.LangChain4jDesk#chta");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.errors())
        .contains("has no method chta. Did you mean \"chat\"?")
        .doesNotContain("\tat ");
  }

  @Portable
  @Test
  void costWithoutAPriceIsUnknown() throws Exception {
    try (ModelProvider provider = ModelProvider.builder().answers(EvalTests::answer).start()) {
      Map<String, String> environment = Map.of("PROVIDER", provider.openAiBaseUrl());
      String agent = "com.acme.library.LangChain4jDesk#tool";

      Outcome unpriced = eval(Jdk.own(), environment, TASKS, agent);

      assertThat(unpriced.status()).isEqualTo(1);
      assertThat(unpriced.out())
          .containsPattern("time +0 of 0 +not judged +cost: 1: cost is unknown: a model has no");
    }
  }

  @Portable
  @Test
  void namesAnInvalidTaskAndRunsTheOthers() throws Exception {
    try (ModelProvider provider = ModelProvider.builder().answers(EvalTests::answer).start()) {
      Outcome outcome =
          eval(
              Jdk.own(),
              Map.of("PROVIDER", provider.openAiBaseUrl()),
              "- {id: a, input: time, expected: noon, validator: contains}\n"
                  + "- {id: b, inptu: x, expected: y}\n",
              "com.acme.library.LangChain4jDesk#chat");

      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.errors())
          .contains("tasks.yaml:2:11: tasks[1].inptu: unknown key. Did you mean \"input\"?");
      assertThat(outcome.out()).contains("1 of 1 runs passed");
    }
  }

  @Portable
  @Test
  void reportsAFilterWithoutTasksAndKeepsTheLastRun() throws Exception {
    try (ModelProvider provider = ModelProvider.builder().answers(EvalTests::answer).start()) {
      Map<String, String> environment = Map.of("PROVIDER", provider.openAiBaseUrl());
      String agent = "com.acme.library.LangChain4jDesk#tool";
      String config = "--config=" + write("gild.yaml", GOVERNED);
      eval(Jdk.own(), environment, TASKS, agent, config);

      Outcome nothing = eval(Jdk.own(), environment, TASKS, agent, "--tag=slow", "--task=nope");

      assertThat(nothing.status()).isEqualTo(1);
      assertThat(nothing.errors())
          .contains("none of the 1 golden tasks is left by --tag slow --task nope");
      assertThat(eval(Jdk.own(), environment, TASKS, agent, config, "--resume").out())
          .contains("1 of 1 runs passed");
      assertThat(provider.requests()).hasSize(2);
    }
  }

  private static ModelAnswer answer(ModelRequest request) {
    String text = request.lastText();
    if (text.contains("Rubric:")) {
      return ModelAnswer.text("{\"verdict\": \"pass\", \"reason\": \"It does.\"}");
    }
    return !request.tools().isEmpty() && request.toolResults().isEmpty()
        ? ModelAnswer.toolCall("time", "{}")
        : ModelAnswer.text("It is noon.");
  }

  private Outcome eval(
      Jdk jdk, Map<String, String> environment, String tasks, String agent, String... more)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(jdk.java()));
    command.addAll(List.of("-jar", System.getProperty("gild.cli.jar"), "eval"));
    command.addAll(List.of("--agent", agent, "--tasks", write("tasks.yaml", tasks).toString()));
    command.addAll(
        List.of(
            "--classpath",
            Path.of("target/test-classes").toAbsolutePath()
                + File.pathSeparator
                + ClassPaths.of(LANGCHAIN4J)));
    command.addAll(List.of("--javaagent", Child.agentJar()));
    command.addAll(List.of("--data", folder.resolve("data").toString()));
    command.addAll(List.of(more));
    Path out = folder.resolve("out.txt");
    Path errors = folder.resolve("errors.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("gild eval does not end: " + Files.readString(errors));
    }
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(errors));
  }

  private List<JsonNode> results() throws IOException {
    List<JsonNode> results = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      for (Path file : files.filter(each -> each.endsWith("results.jsonl")).toList()) {
        for (String line : Files.readAllLines(file)) {
          results.add(new ObjectMapper().readTree(line));
        }
      }
    }
    return results;
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
