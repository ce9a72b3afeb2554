package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.a2a.AgentSkill;
import io.gild.a2a.client.A2aClient;
import io.gild.testkit.ModelProvider;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code gild serve}, as users run it. */
class ServeTests {

  private static final List<String> LANGCHAIN4J =
      List.of(
          "dev.langchain4j:langchain4j-core:1.19.0",
          "dev.langchain4j:langchain4j:1.19.0",
          "dev.langchain4j:langchain4j-open-ai:1.19.0",
          "org.slf4j:slf4j-nop:2.0.17");

  private static final Pattern LINE =
      Pattern.compile("(\\S+)  (http://127\\.0\\.0\\.1:\\d+\\S*)  card: (http://\\S+)");

  @TempDir Path folder;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void servesAMethodThatIsOnlyNamed(Jdk jdk) throws Exception {
    try (ModelProvider provider = ModelProvider.builder().start()) {
      Process gild =
          start(jdk, provider, "--agent", "com.acme.library.LangChain4jDesk#chat", "--port", "0");
      try {
        Matcher line = firstLine(gild);
        A2aClient client = A2aClient.builder(line.group(2)).usage().build();

        assertThat(line.group(1)).isEqualTo("LangChain4jDesk");
        assertThat(line.group(3))
            .isEqualTo(line.group(2) + "/agents/langchain4jdesk/.well-known/agent-card.json");
        assertThat(client.card().skills()).extracting(AgentSkill::id).containsExactly("chat");
        assertThat(client.ask("hello")).isEqualTo("[own-model] hello");
        assertThat(provider.requests()).hasSize(1);
      } finally {
        assertEnds(gild, gild::destroy);
      }
    }
  }

  @Portable
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void leavesNoJvmBehind(boolean killed) throws Exception {
    try (ModelProvider provider = ModelProvider.builder().start()) {
      Process gild = start(Jdk.own(), provider, "--agent", "com.acme.library.LangChain4jDesk#chat");
      firstLine(gild);

      assertEnds(gild, killed ? gild::destroyForcibly : gild::destroy);
    }
  }

  @Portable
  @Test
  void saysWhyNothingIsServed() throws Exception {
    try (ModelProvider provider = ModelProvider.builder().start()) {
      Process gild = start(Jdk.own(), provider, "--agent", "com.acme.served.ServedMain#unknown");
      assertThat(gild.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(gild.exitValue()).isEqualTo(2);

      Process unmade = start(Jdk.own(), provider, "--agent", "com.acme.served.Unmade#answer");
      assertThat(unmade.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(unmade.exitValue()).isEqualTo(1);
      assertThat(errors())
          .contains("gild: agent Unmade (com.acme.served.Unmade) is not served: agent")
          .contains("has neither a constructor without parameters nor one static method")
          .contains("gild: no agent can be served")
          .doesNotContain("\tat ");
    }
  }

  @Portable
  @Test
  void startsNoServerWithWrongSettings() throws Exception {
    Path settings = Files.writeString(folder.resolve("gild.yaml"), "a2a: {prot: 8080}\n");
    try (ModelProvider provider = ModelProvider.builder().start()) {
      Process gild =
          start(
              Jdk.own(),
              provider,
              "--agent",
              "com.acme.library.LangChain4jDesk#chat",
              "--config",
              settings.toString());
      assertThat(gild.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(gild.exitValue()).isEqualTo(2);
      assertThat(errors()).contains("a2a.prot: unknown key. Did you mean \"port\"?");
    }
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("errors.txt"));
  }

  private static void assertEnds(Process gild, Runnable end) throws Exception {
    List<ProcessHandle> children = gild.descendants().toList();
    end.run();
    assertThat(gild.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(children).isNotEmpty();
    for (ProcessHandle child : children) {
      child.onExit().get(60, TimeUnit.SECONDS);
    }
  }

  private Matcher firstLine(Process gild) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(gild.getInputStream(), StandardCharsets.UTF_8));
    String line = String.valueOf(out.readLine());
    Matcher matcher = LINE.matcher(line);
    assertThat(matcher.matches()).as(line + "\n" + errors()).isTrue();
    return matcher;
  }

  private Process start(Jdk jdk, ModelProvider provider, String... more) throws Exception {
    List<String> command = new ArrayList<>(List.of(jdk.java()));
    command.addAll(List.of("-jar", System.getProperty("gild.cli.jar"), "serve"));
    command.addAll(
        List.of(
            "--classpath",
            Path.of("target/test-classes").toAbsolutePath()
                + File.pathSeparator
                + ClassPaths.of(LANGCHAIN4J)));
    command.addAll(List.of("--javaagent", Child.agentJar()));
    command.addAll(List.of(more));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(folder.resolve("errors.txt").toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().put("PROVIDER", provider.openAiBaseUrl());
    return builder.start();
  }
}
