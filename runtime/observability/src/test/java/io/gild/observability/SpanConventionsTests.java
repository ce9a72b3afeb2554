package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.gild.config.Settings;
import io.gild.config.TokenKind;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.GildRuntime;
import io.gild.testkit.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Compares the attributes of spans with the lists of the conventions. */
class SpanConventionsTests {

  @RegisterExtension static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

  /** The name of the agent is in each span, which the conventions allow and do not list. */
  private static final List<String> COMMON = List.of("operation.name", "agent.name");

  private static final List<String> INFERENCE =
      List.of(
          "provider.name",
          "conversation.id",
          "request.model",
          "request.stream",
          "request.temperature",
          "request.top_p",
          "request.top_k",
          "request.max_tokens",
          "request.stop_sequences",
          "request.frequency_penalty",
          "request.presence_penalty",
          "request.seed",
          "response.id",
          "response.model",
          "response.finish_reasons",
          "response.time_to_first_chunk",
          "usage.input_tokens",
          "usage.output_tokens",
          "usage.cache_read.input_tokens",
          "usage.reasoning.output_tokens");

  private static final List<String> AGENT =
      List.of(
          "conversation.id",
          "request.model",
          "response.id",
          "response.model",
          "response.finish_reasons",
          "usage.input_tokens",
          "usage.output_tokens",
          "usage.reasoning.output_tokens");

  private static final List<String> AGENT_OF_141 =
      List.of(
          "provider.name",
          "agent.version",
          "usage.cache_read.input_tokens",
          "usage.cache_creation.input_tokens");

  private static final List<String> TOOL = List.of("tool.name", "tool.type");

  @Test
  void usesTheNamesOf141() {
    List<SpanData> spans = spans(SemanticConventions.V1_41);

    assertThat(names(spans, "chat"))
        .isSubsetOf(all(INFERENCE, List.of("agent.version", "usage.cache_creation.input_tokens")))
        .contains("gen_ai.usage.cache_creation.input_tokens", "gen_ai.request.temperature");
    assertThat(names(spans, "invoke_agent"))
        .isSubsetOf(all(AGENT, AGENT_OF_141))
        .contains("gen_ai.provider.name", "gen_ai.agent.version");
    assertThat(names(spans, "execute_tool")).isSubsetOf(all(TOOL, List.of("agent.version")));
  }

  @Test
  void usesTheNamesOf01() {
    List<SpanData> spans = spans(SemanticConventions.V0_1);

    assertThat(names(spans, "chat"))
        .isSubsetOf(all(INFERENCE, List.of("usage.cache_write.input_tokens")))
        .contains("gen_ai.usage.cache_write.input_tokens", "gen_ai.provider.name");
    assertThat(names(spans, "invoke_agent")).isSubsetOf(all(AGENT, List.of()));
    assertThat(names(spans, "execute_tool")).isEqualTo(all(TOOL, List.of()));
    assertThat(spans)
        .allSatisfy(span ->
            assertThat(span.getAttributes().get(GenAi.GILD_AGENT_VERSION)).isEqualTo("1.2"));
  }

  @Test
  void usesBothNamesIfBothAreSet() {
    assertThat(names(spans(SemanticConventions.BOTH), "chat"))
        .contains(
            "gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_write.input_tokens");
  }

  @Test
  void writesTheParametersOfARequest() {
    SpanData chat = spans(SemanticConventions.V0_1).get(0);

    assertThat(chat.getAttributes().asMap())
        .containsEntry(AttributeKey.doubleKey("gen_ai.request.temperature"), 0.5)
        .containsEntry(AttributeKey.longKey("gen_ai.request.top_k"), 40L)
        .containsEntry(AttributeKey.longKey("gen_ai.request.max_tokens"), 100L)
        .containsEntry(GenAi.STOP_SEQUENCES, List.of("END"))
        .containsEntry(GenAi.STREAM, true)
        .containsEntry(Http.SERVER_ADDRESS, "api.example")
        .containsEntry(Http.SERVER_PORT, 8_443L);
  }

  private static Set<String> all(List<String> some, List<String> more) {
    return Stream.of(COMMON, some, more)
        .flatMap(List::stream)
        .map(name -> "gen_ai." + name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> names(List<SpanData> spans, String operation) {
    return spans.stream()
        .filter(span -> operation.equals(span.getAttributes().get(GenAi.OPERATION_NAME)))
        .flatMap(span -> span.getAttributes().asMap().keySet().stream())
        .map(AttributeKey::getKey)
        .filter(key -> key.startsWith("gen_ai."))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the spans of a model's call, of a tool and of their agent. */
  private static List<SpanData> spans(SemanticConventions conventions) {
    GildRuntime runtime =
        GildRuntime.builder()
            .clock(ManualClock.create())
            .settings(Settings.defaults())
            .discover(SpanConventionsTests.class.getClassLoader())
            .build();
    runtime.shared(
        Telemetry.class,
        same -> Telemetry.of(new SimpleMeterRegistry(), new Tracers(), conventions, 1_000));
    ChatRequest request =
        ChatRequest.builder()
            .messages(UserMessage.from("Hello"))
            .temperature(0.5)
            .topK(40)
            .maxOutputTokens(100)
            .stopSequences(List.of("END"))
            .build();
    var model = runtime.method(TestRuntime.spec(CallKind.CHAT, "support", "chat"));
    var tool = runtime.method(TestRuntime.spec(CallKind.TOOL, "support", "pay"));
    runtime
        .method(TestRuntime.spec(CallKind.AGENT, "support", "answer"))
        .call(
            null,
            arguments -> {
              AgentCall.current().detail().recordProvider("anthropic");
              model.call(null, same -> answered(), request);
              return tool.call(null, same -> "paid", "bill");
            },
            "question");
    return OTEL.getSpans().stream()
        .filter(span -> span.getAttributes().get(GenAi.OPERATION_NAME) != null)
        .toList();
  }

  private static String answered() {
    AgentCall call = AgentCall.current();
    call.detail().recordProvider("anthropic");
    call.detail().recordRequestModel("claude-sonnet-4-5");
    call.httpAttempt("POST", "api.example", 8_443).ended(200);
    call.delivered();
    call.recordUsage(
        "claude-sonnet-4-5",
        Usage.of(1_000, 80)
            .with(TokenKind.CACHED_INPUT, 600)
            .with(TokenKind.CACHE_WRITE, 100)
            .with(TokenKind.REASONING, 30));
    call.detail().recordResponseId("msg_1");
    call.detail().recordFinishReason("stop");
    return "answer";
  }
}
