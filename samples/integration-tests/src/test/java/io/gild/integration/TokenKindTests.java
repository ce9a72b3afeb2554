package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.library.AnthropicDesk;
import com.acme.library.BedrockDesk;
import com.acme.library.GeminiDesk;
import com.acme.library.LibraryMain;
import com.acme.library.OpenAiDesk;
import com.fasterxml.jackson.databind.JsonNode;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import io.gild.testkit.SpecialTokens;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that providers count apart from the others come into the account, and into the price. */
class TokenKindTests {

  /** Each kind costs another power of ten; 40 tokens come in, and 8 go out. */
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

  private static final SpecialTokens CACHED = new SpecialTokens(20, 10, 4, 0, 0);
  private static final SpecialTokens SOUND = new SpecialTokens(20, 0, 0, 7, 3);

  /** One library, and what its provider counts. */
  private record Library(
      Class<?> desk,
      List<String> coordinates,
      Function<ModelProvider, String> url,
      SpecialTokens special) {

    static Library of(
        Class<?> desk,
        String coordinates,
        Function<ModelProvider, String> url,
        SpecialTokens special) {
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
            SOUND),
        Library.of(
            GeminiDesk.class,
            "com.google.genai:google-genai:1.70.0",
            ModelProvider::baseUrl,
            SOUND));
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void areCountedAndPricedApart(Library library) throws Exception {
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

  private static void assertAccount(JsonNode account, SpecialTokens special) {
    assertThat(account.path("inputTokens").asInt()).isEqualTo(80);
    assertThat(account.path("outputTokens").asInt()).isEqualTo(16);
    assertThat(account.path("cachedInputTokens").asInt()).isEqualTo(2 * special.cacheRead());
    assertThat(account.path("cacheWriteTokens").asInt()).isEqualTo(2 * special.cacheWrite());
    assertThat(account.path("hourCacheWriteTokens").asInt())
        .isEqualTo(2 * special.cacheWriteHour());
    assertThat(account.path("inputAudioTokens").asInt()).isEqualTo(2 * special.inputAudio());
    assertThat(account.path("outputAudioTokens").asInt()).isEqualTo(2 * special.outputAudio());
    long plain = 40 - special.cacheRead() - special.cacheWrite() - special.inputAudio();
    long dollarsPerMillion =
        plain
            + 10L * (8 - special.outputAudio())
            + 100L * special.cacheRead()
            + 1_000L * (special.cacheWrite() - special.cacheWriteHour())
            + 10_000L * special.cacheWriteHour()
            + 100_000L * special.inputAudio()
            + 1_000_000L * special.outputAudio();
    assertThat(new BigDecimal(account.path("costUsd").asText()))
        .isEqualByComparingTo(BigDecimal.valueOf(2 * dollarsPerMillion).movePointLeft(6));
  }
}
