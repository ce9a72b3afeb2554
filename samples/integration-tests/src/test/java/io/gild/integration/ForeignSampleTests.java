package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Migrates copies of applications of others, which {@code -Dgild.sample} names, each as {@code
 * FOLDER} or {@code FOLDER=MAIN_CLASS}, separated by commas. A main class prints the same before
 * and after.
 */
@EnabledIfSystemProperty(
    named = "gild.sample",
    matches = ".+",
    disabledReason = "-Dgild.sample names no application")
class ForeignSampleTests {

  /** What any of several structured answers needs; the surplus is ignored. */
  private static final String ANSWER =
      """
      {"reasoning": "It is about money.", "selection": "billing", "analysis": "Two parts.",
       "tasks": [{"type": "formal", "description": "Write formally."}], "thoughts": "None.",
       "response": "42", "evaluation": "PASS", "feedback": "Good."}
      """;

  @TempDir Path folder;

  static Stream<String> samples() {
    return Stream.of(System.getProperty("gild.sample").split(","));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void compilesAndPrintsAsBefore(String sample) throws Exception {
    String[] parts = sample.split("=", 2);
    Path original = Path.of(parts[0]);
    String main = parts.length == 2 ? parts[1] : "";
    Path copy = folder.resolve("sample");
    copy(original, copy);
    LegacyProject project = new LegacyProject(copy, List.of(""));
    Path cassette = folder.resolve("cassette.jsonl");
    project.build();
    String before = "";
    try (ModelProvider provider =
        ModelProvider.builder().answers(request -> ModelAnswer.text(ANSWER)).start()) {
      if (!main.isEmpty()) {
        before = run(project, main, "record=" + cassette, provider);
        assertThat(before).isNotBlank();
        assertThat(provider.requests()).isNotEmpty();
      }
      int served = provider.requests().size();
      for (String apply : List.of("safe", "policies")) {
        String report = project.migrate(apply);
        Files.writeString(Path.of("target", original.getFileName() + "-" + apply + ".txt"), report);
        project.build();
        if (!main.isEmpty()) {
          assertThat(run(project, main, "replay=" + cassette, provider)).isEqualTo(before);
        }
      }
      assertThat(provider.requests()).as("requests of the replays").hasSize(served);
      if (!main.isEmpty()) {
        assertThat(project.governed("", ".*")).as("governed classes").isPositive();
      }
    }
  }

  private static String run(
      LegacyProject project, String main, String javaagent, ModelProvider provider)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Jdk.own().java());
    command.add("-javaagent:" + Child.agentJar() + "=" + javaagent);
    command.add("-Dspring.ai.anthropic.base-url=" + provider.baseUrl());
    command.add("-Dspring.ai.openai.base-url=" + provider.openAiBaseUrl());
    command.add("-Dspring.main.banner-mode=off");
    command.add("-Dlogging.level.root=OFF");
    command.addAll(List.of("-cp", project.classPath(), main));
    MavenBuild.Outcome outcome =
        MavenBuild.finish(
            command,
            project.folder(),
            Map.of(
                "ANTHROPIC_API_KEY", "none",
                "OPENAI_API_KEY", "none",
                "OPENAI_BASE_URL", provider.openAiBaseUrl()));
    assertThat(outcome.status()).as(outcome.log()).isZero();
    return outcome.log().replaceAll("(?m)^\\[gild\\].*\\R", "");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path relative = from.relativize(file);
        if (!relative.startsWith("target")) {
          Files.createDirectories(to.resolve(relative).getParent());
          Files.copy(file, to.resolve(relative));
        }
      }
    }
  }
}
