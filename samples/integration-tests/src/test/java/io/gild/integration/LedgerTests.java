package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gild.testkit.Faults;
import io.gild.testkit.ModelProvider;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger of an application with wrappers, the javaagent, or both. */
class LedgerTests {

  private static final String SETTINGS =
      """
      tiers:
        small: {model: gpt-4o-mini}
      budgets:
        tiny: {limit: 100, period: 1d, per: tenant}
      """;

  private static String classPath;

  private final ModelProvider provider = ModelProvider.builder().faults(Faults.none()).start();

  @TempDir Path data;

  @BeforeAll
  static void compile() throws IOException {
    classPath =
        Wrapped.compile("wrapped", ConfigFile.of(SETTINGS), Files.createTempDirectory("wrapped"))
            + File.pathSeparator
            + MavenBuild.jars(List.of("ledger"), List.of());
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  private List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(data.resolve("ledger"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        for (String line : Files.readAllLines(file)) {
          lines.add(new ObjectMapper().readTree(line));
        }
      }
    }
    return lines;
  }

  @ParameterizedTest
  @ValueSource(strings = {"listener", "agent", "agent and listener"})
  void hasOneLineForEachRequestWhicheverPartSeesIt(String parts) throws Exception {
    Child.Builder builder =
        Child.on(Jdk.all().get(0))
            .onlyClassPath(classPath)
            .mainClass("com.acme.wrapped.Main")
            .flags("-Dgild.config=" + ConfigFile.of(SETTINGS), "-Dgild.data=" + data)
            .flags("-Dgild.ledger.enabled=true", "-Dlistener=" + parts.contains("listener"))
            .provider(provider.openAiBaseUrl());
    boolean agent = parts.contains("agent");
    if (agent) {
      builder.agent("");
    }
    try (Child child = builder.start()) {
      child.ask("budgeted why");
      child.ask("routed why");
      if (agent) { // without it, a thread of the common pool belongs to no call
        child.ask("later why");
      }
      child.ask("cached why");
      child.ask("cached why");
      child.end();
    }

    List<JsonNode> lines = lines();

    assertThat(provider.requests()).hasSize(agent ? 4 : 3);
    List<JsonNode> requests = lines.stream().filter(line -> !line.has("kind")).toList();
    assertThat(requests)
        .hasSameSizeAs(provider.requests())
        .allMatch(line -> line.path("agent").asText().equals("desk"));
    assertThat(requests.get(0).path("tenant").asText()).isEqualTo("acme");
    assertThat(requests).extracting(line -> line.path("id").asText()).doesNotHaveDuplicates();
    assertThat(requests.stream().mapToLong(LedgerTests::input).sum())
        .isEqualTo(provider.requests().stream().mapToLong(each -> each.promptTokens()).sum());
    assertThat(lines)
        .filteredOn(line -> line.path("saving").path("source").asText().equals("cache"))
        .hasSize(1);
    assertThat(lines).noneMatch(line -> line.path("kind").asText().equals("waste"));
  }

  private static long input(JsonNode line) {
    return line.path("tokens").path("inputTokens").asLong();
  }
}
