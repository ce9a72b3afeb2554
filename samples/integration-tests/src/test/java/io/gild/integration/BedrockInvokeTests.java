package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.library.BedrockInvokeDesk;
import com.acme.library.Desk;
import io.gild.testkit.Faults;
import io.gild.testkit.ModelProvider;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bedrock's InvokeModel with the bodies of each vendor. */
class BedrockInvokeTests extends LibraryRuns {

  private static final List<String> MODELS =
      List.of(
          "anthropic.claude-3-5-haiku-20241022-v1:0",
          "amazon.nova-lite-v1:0",
          "amazon.titan-text-express-v1",
          "meta.llama3-8b-instruct-v1:0",
          "mistral.mistral-7b-instruct-v0:2",
          "openai.gpt-oss-20b-1:0");

  private static final List<String> WAYS = List.of("chat", "async", "stream");

  @Override
  Class<? extends Desk> desk() {
    return BedrockInvokeDesk.class;
  }

  @Override
  List<List<String>> versions() {
    return List.of(of("2.30.0"), of("2.54.14"));
  }

  private static List<String> of(String version) {
    return List.of(
        "software.amazon.awssdk:bedrockruntime:" + version, "org.slf4j:slf4j-nop:2.0.17");
  }

  @Override
  String url(ModelProvider served) {
    return served.baseUrl();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void countsTheTokensOfEveryVendorsBodies(Row row) throws Exception {
    try (Turn turn = start(row, 3, everySecond(), OBSERVED)) {
      for (String model : MODELS) {
        for (String way : WAYS) {
          assertThat(turn.ask(way + " " + model + " what is it?"))
              .isEqualTo("[" + model + "] what is it?");
        }
      }
      turn.end();
      report().assertEquals(provider.requests());
      assertThat(provider.requests()).hasSize(2 * MODELS.size() * WAYS.size());
      for (String model : MODELS) {
        assertThat(report().json().path("models").path(model).path("inputTokens").asLong())
            .as(model)
            .isEqualTo(
                provider.requests().stream()
                    .filter(request -> request.model().equals(model) && request.succeeded())
                    .mapToLong(request -> request.promptTokens())
                    .sum());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void countsTheTokensOfEmbeddings(Row row) throws Exception {
    try (Turn turn = start(row, 3, everySecond(), OBSERVED)) {
      assertThat(turn.ask("embed amazon.titan-embed-text-v2:0 a text")).isEqualTo("true");
      assertThat(turn.ask("embed cohere.embed-english-v3 another text")).isEqualTo("true");
      turn.end();
      report().assertEquals(provider.requests());
      assertThat(report().json().path("models").path("cohere.embed-english-v3")).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void fallsBackInEveryVendorsFormat(Row row) throws Exception {
    String yaml = "{mode: enforce, models: {fallback: {answer: Ask again later.}}}";
    try (Turn turn = start(row, 0, Faults.rate(1), yaml)) {
      for (String model : MODELS) {
        for (String way : WAYS) {
          assertThat(turn.ask(way + " " + model + " what?")).isEqualTo("Ask again later.");
        }
      }
      turn.end();
      report().assertEquals(provider.requests());
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void callsTheHandlerLikeTheSdk(Row row) throws Exception {
    String yaml = "{mode: enforce, models: {retry: {max-attempts: 2, wait-duration: 0s}}}";
    String asked = "push anthropic.claude-3-5-haiku-20241022-v1:0 what?";
    try (Turn turn = start(row, 0, everySecond(), yaml)) {
      assertThat(turn.ask(asked)).isEqualTo("response events complete");
      turn.end();
      assertThat(provider.requests()).hasSize(2);
    }
    try (Turn turn = start(row, 0, Faults.rate(1), yaml)) {
      assertThat(turn.ask(asked)).startsWith("error ").doesNotContain("events");
      turn.end();
    }
  }
}
