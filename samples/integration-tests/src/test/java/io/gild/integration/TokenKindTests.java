package io.gild.integration;

import static io.gild.config.TokenKind.CACHED_INPUT;
import static io.gild.config.TokenKind.CACHE_WRITE;
import static io.gild.config.TokenKind.CACHE_WRITE_HOUR;
import static io.gild.config.TokenKind.INPUT_AUDIO;
import static io.gild.config.TokenKind.OUTPUT_AUDIO;
import static org.assertj.core.api.Assertions.assertThat;

import com.acme.library.AnthropicDesk;
import com.acme.library.BedrockDesk;
import com.acme.library.GeminiDesk;
import com.acme.library.LibraryMain;
import com.acme.library.OpenAiDesk;
import com.fasterxml.jackson.databind.JsonNode;
import io.gild.config.Usage;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that providers count separately are included in the usage and in the price. */
class TokenKindTests {

  /** Each kind costs another power of ten; there are 40 input tokens and 8 output tokens. */
  private static final String YAML =
      """
      mode: observe
      prices:
        own-model:
          input: 1
          output: 10
          cached-input: 100
          cache-write: 1000
          cache-write-hour: 10000
          input-audio: 100000
          output-audio: 1000000
      """;

  private static final String QUESTION = "q".repeat(160);

  private static final Usage CACHED =
      Usage.NONE.with(CACHED_INPUT, 20).with(CACHE_WRITE, 10).with(CACHE_WRITE_HOUR, 4);
  private static final Usage AUDIO =
      Usage.NONE.with(CACHED_INPUT, 20).with(INPUT_AUDIO, 7).with(OUTPUT_AUDIO, 3);

  /** One library, and the counts of its provider. */
  private record Library(
      Class<?> desk, List<String> coordinates, Function<ModelProvider, String> url, Usage special) {

    static Library of(
        Class<?> desk, String coordinates, Function<ModelProvider, String> url, Usage special) {
      return new Library(desk, List.of(coordinates, "org.slf4j:slf4j-nop:2.0.17"), url, special);
    }

    @Override
    public String toString() {
      return desk.getSimpleName();
    }
  }

  static Stream<Library> libraries() {
    return Stream.of(
        Library.of(
            AnthropicDesk.class,
            "com.anthropic:anthropic-java:3.12.0",
            ModelProvider::baseUrl,
            CACHED),
        Library.of(
            BedrockDesk.class,
            "software.amazon.awssdk:bedrockruntime:2.54.14",
            ModelProvider::baseUrl,
            CACHED),
        Library.of(
            OpenAiDesk.class,
            "com.openai:openai-java:4.101.0",
            ModelProvider::openAiBaseUrl,
            AUDIO),
        Library.of(
            GeminiDesk.class,
            "com.google.genai:google-genai:1.70.0",
            ModelProvider::baseUrl,
            AUDIO));
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void countsAndPricesKindsSeparately(Library library) throws Exception {
    Report report = Report.create();
    ModelAnswer answer = ModelAnswer.text("a".repeat(32)).withSpecialTokens(library.special());
    try (ModelProvider provider = ModelProvider.builder().answers(request -> answer).start();
        Child child =
            Child.on(Jdk.own())
                .classPath(ClassPaths.of(library.coordinates()))
                .main(LibraryMain.class, library.desk().getName())
                .flags(report.flag())
                .agent("config=" + ConfigFile.of(YAML))
                .provider(library.url().apply(provider))
                .start()) {
      for (String way : List.of("chat", "stream")) {
        assertThat(child.ask(way + " " + QUESTION)).isEqualTo(answer.text());
      }
      child.end();
      assertThat(provider.requests()).allMatch(request -> request.promptTokens() == 40);
    }
    assertAccount(report.json().path("models").path("own-model"), library.special());
  }

  private static void assertAccount(JsonNode account, Usage special) {
    assertThat(account.path("inputTokens").asLong()).isEqualTo(80);
    assertThat(account.path("outputTokens").asLong()).isEqualTo(16);
    assertThat(account.path("cachedInputTokens").asLong()).isEqualTo(2 * special.get(CACHED_INPUT));
    assertThat(account.path("cacheWriteTokens").asLong()).isEqualTo(2 * special.get(CACHE_WRITE));
    assertThat(account.path("hourCacheWriteTokens").asLong())
        .isEqualTo(2 * special.get(CACHE_WRITE_HOUR));
    assertThat(account.path("inputAudioTokens").asLong()).isEqualTo(2 * special.get(INPUT_AUDIO));
    assertThat(account.path("outputAudioTokens").asLong()).isEqualTo(2 * special.get(OUTPUT_AUDIO));
    long plain =
        40 - special.get(CACHED_INPUT) - special.get(CACHE_WRITE) - special.get(INPUT_AUDIO);
    long dollarsPerMillion =
        plain
            + 10L * (8 - special.get(OUTPUT_AUDIO))
            + 100L * special.get(CACHED_INPUT)
            + 1_000L * (special.get(CACHE_WRITE) - special.get(CACHE_WRITE_HOUR))
            + 10_000L * special.get(CACHE_WRITE_HOUR)
            + 100_000L * special.get(INPUT_AUDIO)
            + 1_000_000L * special.get(OUTPUT_AUDIO);
    assertThat(new BigDecimal(account.path("costUsd").asText()))
        .isEqualByComparingTo(BigDecimal.valueOf(2 * dollarsPerMillion).movePointLeft(6));
  }
}
