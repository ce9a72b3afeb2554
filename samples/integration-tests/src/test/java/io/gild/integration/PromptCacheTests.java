package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.library.Desk;
import com.acme.library.LangChain4jDesk;
import com.acme.library.LibraryMain;
import com.acme.library.PrefixAnthropicDesk;
import com.acme.library.PrefixBedrockDesk;
import com.acme.library.PrefixLangChain4jDesk;
import com.acme.library.PrefixOpenAiDesk;
import com.acme.library.PrefixSpringAiDesk;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gild.config.TokenKind;
import io.gild.config.Usage;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the providers' servers receive under the policy prompt-cache, and what is charged. */
class PromptCacheTests {

  private static final String ANTHROPIC = "com.anthropic:anthropic-java:";
  private static final String OPENAI = "com.openai:openai-java:";

  private static final String LANGCHAIN4J =
      "dev.langchain4j:langchain4j-anthropic:1.19.0 dev.langchain4j:langchain4j-open-ai:1.19.0"
          + " dev.langchain4j:langchain4j:1.19.0";
  private static final String SPRING_AI =
      "org.springframework.ai:spring-ai-anthropic:2.0.1 com.fasterxml.jackson.core:jackson-annotations:2.21";

  private static final String EPHEMERAL = "{\"type\":\"ephemeral\"}";

  private static final String SETTINGS =
      """
      mode: %s
      agents:
        - match: com.acme.library.*Desk#*
          name: desk
          prompt-cache: %s
      prices:
        own-model:
          input: 1
          output: 10
          cached-input: 0.1
          cache-write: 1.25
          services: {flex: {factor: 0.5}, priority: {factor: 2}}
      """;

  @TempDir Path data;

  /** What the provider's cache had. */
  private volatile Usage special = Usage.NONE;

  private final ModelProvider provider =
      ModelProvider.builder()
          .answers(request -> ModelAnswer.text("a".repeat(32)).withSpecialTokens(special))
          .start();

  private Report report;

  @AfterEach
  void stop() {
    provider.close();
  }

  private List<JsonNode> bodies(
      Class<? extends Desk> desk, String coordinates, String mode, String policy, String... asked)
      throws Exception {
    return bodies(desk, coordinates, mode, policy, UnaryOperator.identity(), asked);
  }

  private List<JsonNode> bodies(
      Class<? extends Desk> desk,
      String coordinates,
      String mode,
      String policy,
      UnaryOperator<String> change,
      String... asked)
      throws Exception {
    report = Report.create();
    String path = coordinates.startsWith(OPENAI) || desk == LangChain4jDesk.class ? "/v1" : "";
    List<String> all = new ArrayList<>(List.of(coordinates.split(" ")));
    all.add("org.slf4j:slf4j-nop:2.0.17");
    try (RecordingRelay relay = new RecordingRelay(provider.baseUrl(), change);
        Child child =
            Child.on(Jdk.own())
                .classPath(ClassPaths.of(all))
                .main(LibraryMain.class, desk.getName())
                .flags(report.flag(), "-Dgild.data=" + data, "-Dgild.ledger.enabled=true")
                .agent("config=" + ConfigFile.of(SETTINGS.formatted(mode, policy)))
                .provider(relay.url() + path)
                .start()) {
      for (String each : asked) {
        assertThat(child.ask(each)).isEqualTo("a".repeat(32));
      }
      child.end();
      return relay.bodies();
    }
  }

  private static List<String> names(JsonNode tools) {
    return tools.findValuesAsText("name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.0.0", "3.12.0"})
  void marksInstructionsAndToolsOfAnthropic(String version) throws Exception {
    List<JsonNode> bodies =
        bodies(
            PrefixAnthropicDesk.class,
            ANTHROPIC + version,
            "enforce",
            "{ttl: 5m}",
            "chat why",
            "async why",
            "stream why",
            "push why");
    assertThat(bodies).hasSize(4);
    for (JsonNode body : bodies) {
      assertThat(body.at("/system/0/cache_control").toString()).isEqualTo(EPHEMERAL);
      assertThat(body.at("/system/0/text").asText()).startsWith("Answer in one sentence.");
      assertThat(names(body.path("tools"))).containsExactly("time", "weather");
      assertThat(body.at("/tools/0/cache_control").isMissingNode()).isTrue();
      assertThat(body.at("/tools/1/cache_control").toString()).isEqualTo(EPHEMERAL);
      assertThat(body.at("/messages/0/content").asText()).isEqualTo("why");
    }
  }

  @Test
  void asksLangChain4jToMarkInstructionsAndTools() throws Exception {
    List<JsonNode> bodies =
        bodies(
            PrefixLangChain4jDesk.class,
            LANGCHAIN4J,
            "enforce",
            "{ttl: 5m}",
            "chat why",
            "chat marked");
    JsonNode body = bodies.get(0);
    assertThat(names(body.path("tools"))).containsExactly("time", "weather");
    assertThat(body.at("/tools/1/cache_control").toString()).isEqualTo(EPHEMERAL);
    assertThat(body.at("/system/0/cache_control").toString()).isEqualTo(EPHEMERAL);
    assertThat(body.at("/model").asText()).isEqualTo("own-model");
    assertThat(bodies.get(1).at("/system/0/cache_control").toString()).isEqualTo(EPHEMERAL);
    assertThat(bodies.get(1).at("/tools").findValues("cache_control")).isEmpty();
  }

  @Test
  void asksSpringAiToMarkInstructions() throws Exception {
    List<JsonNode> bodies =
        bodies(
            PrefixSpringAiDesk.class, SPRING_AI, "enforce", "{ttl: 1h}", "chat why", "chat marked");
    assertThat(bodies.get(0).at("/system/0/cache_control/type").asText()).isEqualTo("ephemeral");
    assertThat(bodies.get(0).at("/system/0/cache_control/ttl").asText()).isEqualTo("1h");
    assertThat(bodies.get(1).at("/system/0/cache_control/ttl").asText()).isNotEqualTo("1h");
  }

  @Test
  void setsCachePointsForModelsOfBedrockThatCache() throws Exception {
    List<JsonNode> bodies =
        bodies(
            PrefixBedrockDesk.class,
            "software.amazon.awssdk:bedrockruntime:2.54.14",
            "enforce",
            "{ttl: 5m}",
            "chat us.anthropic.claude-sonnet-4-20250514-v1:0 why",
            "chat us.amazon.nova-pro-v1:0 why",
            "chat meta.llama3-1-8b-instruct-v1:0 why");
    JsonNode claude = bodies.get(0);
    assertThat(claude.at("/toolConfig/tools/0/toolSpec/name").asText()).isEqualTo("time");
    assertThat(claude.at("/toolConfig/tools/2/cachePoint/type").asText()).isEqualTo("default");
    assertThat(claude.at("/system/1/cachePoint/type").asText()).isEqualTo("default");
    JsonNode nova = bodies.get(1);
    assertThat(nova.at("/toolConfig/tools").size()).isEqualTo(2);
    assertThat(nova.at("/system/1/cachePoint/type").asText()).isEqualTo("default");
    assertThat(bodies.get(2).findValues("cachePoint")).isEmpty();
  }

  @Test
  void asksForAnHour() throws Exception {
    JsonNode body =
        bodies(PrefixAnthropicDesk.class, ANTHROPIC + "3.12.0", "enforce", "{ttl: 1h}", "chat why")
            .get(0);
    assertThat(body.at("/system/0/cache_control/ttl").asText()).isEqualTo("1h");
  }

  @Test
  void changesNeitherMarkedRequestsNorAnyInObserveMode() throws Exception {
    String coordinates = ANTHROPIC + "3.12.0";
    List<JsonNode> enforced =
        bodies(PrefixAnthropicDesk.class, coordinates, "enforce", "{ttl: 5m}", "chat marked");
    List<JsonNode> observed =
        bodies(
            PrefixAnthropicDesk.class,
            coordinates,
            "observe",
            "{ttl: 5m}",
            "chat marked",
            "chat why");
    assertThat(enforced.get(0)).isEqualTo(observed.get(0));
    assertThat(observed.get(1).path("system").isTextual()).isTrue();
    assertThat(names(observed.get(1).path("tools"))).containsExactly("weather", "time");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.0", "4.101.0"})
  void ordersToolsAndSendsAKeyToOpenAi(String version) throws Exception {
    List<JsonNode> bodies =
        bodies(
            PrefixOpenAiDesk.class,
            OPENAI + version,
            "enforce",
            "{send-key: true}",
            "chat why",
            "stream why",
            "chat marked",
            "other why");
    assertThat(names(bodies.get(0).path("tools"))).containsExactly("time", "weather");
    String key = bodies.get(0).path("prompt_cache_key").asText();
    assertThat(key).matches("gild-[0-9a-f]{32}");
    assertThat(bodies)
        .extracting(body -> body.path("prompt_cache_key").asText())
        .containsExactly(key, key, "own", key);
  }

  @Test
  void sendsNoKeyUnlessAsked() throws Exception {
    JsonNode body =
        bodies(PrefixOpenAiDesk.class, OPENAI + "4.101.0", "enforce", "{ttl: 5m}", "chat why")
            .get(0);
    assertThat(body.has("prompt_cache_key")).isFalse();
  }

  @Test
  void chargesTheServiceTierOfAnswersAndStreams() throws Exception {
    bodies(
        PrefixOpenAiDesk.class,
        OPENAI + "4.101.0",
        "observe",
        "off",
        json -> json.replace("\"model\":", "\"service_tier\":\"flex\",\"model\":"),
        "chat why",
        "stream why");
    assertCost("0.5");
    bodies(
        LangChain4jDesk.class,
        LANGCHAIN4J,
        "observe",
        "off",
        json -> json.replace("\"model\":", "\"service_tier\":\"flex\",\"model\":"),
        "chat why",
        "stream why");
    assertCost("0.5");
    bodies(
        PrefixSpringAiDesk.class,
        SPRING_AI,
        "observe",
        "off",
        json -> json.replace("\"usage\":{", "\"usage\":{\"service_tier\":\"priority\","),
        "chat why");
    assertCost("2");
    bodies(
        PrefixAnthropicDesk.class,
        ANTHROPIC + "3.12.0",
        "observe",
        "off",
        json -> json.replace("\"usage\":{", "\"usage\":{\"service_tier\":\"priority\","),
        "chat why",
        "stream why");
    assertCost("2");
  }

  @Test
  void writesWhatTheCacheCostToTheLedger() throws Exception {
    special = Usage.NONE.with(TokenKind.CACHED_INPUT, 1_000).with(TokenKind.CACHE_WRITE, 500);
    bodies(PrefixAnthropicDesk.class, ANTHROPIC + "3.12.0", "enforce", "{ttl: 5m}", "chat why");
    List<JsonNode> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(data.resolve("ledger"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        for (String line : Files.readAllLines(file)) {
          lines.add(new ObjectMapper().readTree(line));
        }
      }
    }
    assertThat(lines).hasSize(1);
    JsonNode tokens = lines.get(0).path("tokens");
    assertThat(tokens.path("cachedInputTokens").asLong()).isEqualTo(1_000);
    assertThat(tokens.path("cacheWriteTokens").asLong()).isEqualTo(500);
    long plain = tokens.path("inputTokens").asLong() - 1_500;
    long millionths = plain + 100 + 625 + 10 * tokens.path("outputTokens").asLong();
    assertThat(plain).isPositive();
    assertThat(new BigDecimal(lines.get(0).path("usd").asText()))
        .isEqualByComparingTo(BigDecimal.valueOf(millionths).movePointLeft(6));
  }

  private void assertCost(String factor) throws Exception {
    JsonNode account = report.json().path("models").path("own-model");
    long plain = account.path("inputTokens").asLong() + 10 * account.path("outputTokens").asLong();
    assertThat(plain).isPositive();
    assertThat(new BigDecimal(account.path("costUsd").asText()))
        .isEqualByComparingTo(
            BigDecimal.valueOf(plain).movePointLeft(6).multiply(new BigDecimal(factor)));
  }
}
