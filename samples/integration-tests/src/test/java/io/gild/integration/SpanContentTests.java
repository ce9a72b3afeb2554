package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.library.AnthropicDesk;
import com.acme.library.Desk;
import com.acme.library.GeminiDesk;
import com.acme.library.LibraryMain;
import com.acme.library.OpenAiDesk;
import com.acme.library.OpenAiRawDesk;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gild.testkit.ModelProvider;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Prompts and answers of the providers' own libraries in spans. */
class SpanContentTests {

  private static final String OPENAI = "com.openai:openai-java:4.101.0";
  private static final String ANTHROPIC = "com.anthropic:anthropic-java:3.12.0";
  private static final String GOOGLE = "com.google.genai:google-genai:1.70.0";

  private final ObjectMapper mapper = new ObjectMapper();

  static Stream<Arguments> desks() {
    return Stream.of(
        Arguments.of(OpenAiDesk.class, OPENAI, true),
        Arguments.of(OpenAiRawDesk.class, OPENAI, true),
        Arguments.of(AnthropicDesk.class, ANTHROPIC, false),
        Arguments.of(GeminiDesk.class, GOOGLE, false));
  }

  private static Child.Builder child(
      Traces traces, ModelProvider provider, Class<? extends Desk> desk, String library, boolean v1)
      throws Exception {
    return Child.on(Jdk.own())
        .classPath(ClassPaths.of(List.of(library, "org.slf4j:slf4j-nop:2.0.17")))
        .main(LibraryMain.class, desk.getName())
        .provider(v1 ? provider.openAiBaseUrl() : provider.baseUrl())
        .environment("OTEL_EXPORTER_OTLP_ENDPOINT", traces.endpoint())
        .environment("OTEL_METRICS_EXPORTER", "none");
  }

  @ParameterizedTest
  @MethodSource("desks")
  void writesPromptAndAnswerOnRequest(Class<? extends Desk> desk, String library, boolean v1)
      throws Exception {
    String yaml = "mode: observe\ndefaults: {observe: {content: true}}\n";
    try (Traces traces = Traces.receive();
        ModelProvider provider = ModelProvider.builder().start();
        Child child =
            child(traces, provider, desk, library, v1)
                .agent("config=" + ConfigFile.of(yaml))
                .start()) {
      String answer = child.ask("chat bread");
      assertThat(answer).contains("bread");
      assertThat(child.end()).noneMatch(line -> line.contains("failed"));

      Traces.Span span =
          traces.spans().stream()
              .filter(each -> each.name().startsWith("chat "))
              .findFirst()
              .orElseThrow();
      assertThat(only(span.attributes(), "gen_ai.input.messages", "user")).isEqualTo("bread");
      assertThat(only(span.attributes(), "gen_ai.output.messages", "assistant")).isEqualTo(answer);
    }
  }

  /** Returns the text of the only part of the only message. */
  private String only(Map<String, String> attributes, String key, String role) throws Exception {
    assertThat(attributes).containsKey(key);
    JsonNode messages = mapper.readTree(attributes.get(key));
    assertThat(messages).hasSize(1);
    assertThat(messages.get(0).path("role").asText()).isEqualTo(role);
    assertThat(messages.get(0).path("parts")).hasSize(1);
    return messages.get(0).path("parts").get(0).path("content").asText();
  }

  @Test
  void writesParametersAlways() throws Exception {
    try (Traces traces = Traces.receive();
        ModelProvider provider = ModelProvider.builder().start();
        Child child =
            child(traces, provider, AnthropicDesk.class, ANTHROPIC, false)
                .agent("config=" + ConfigFile.of("mode: observe\n"))
                .start()) {
      assertThat(child.ask("chat bread")).contains("bread");
      child.end();

      assertThat(traces.raw())
          .contains("gen_ai.request.max_tokens")
          .doesNotContain("gen_ai.input.messages")
          .doesNotContain("bread");
    }
  }
}
