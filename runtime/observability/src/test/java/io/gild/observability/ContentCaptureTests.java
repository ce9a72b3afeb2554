package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.gild.config.Json;
import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.ContentCaptured;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import io.gild.testkit.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ContentCaptureTests {

  @RegisterExtension static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

  private static final String KEY = "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD";
  private static final String ON = "defaults: {observe: {content: true}}\n";
  private static final String TEXT = "java.lang.String";

  private record Order(String id, int amount, Map<String, String> login) {}

  @Test
  void leavesContentOutByDefault() {
    call("", CallKind.AGENT, "Paris, please", "It is booked");

    assertThat(OTEL.getSpans().toString()).doesNotContain("Paris").doesNotContain("booked");
  }

  @Test
  void writesPromptAndAnswerOfAnAgentInTheFormOfTheConventions() {
    SpanData span = call(ON, CallKind.AGENT, "Paris, please", "It is booked");

    assertThat(json(span, ContentKeys.INPUT_MESSAGES))
        .isEqualTo(
            Json.read(
                """
                [{"role":"user","parts":[{"type":"text","content":"Paris, please"}]}]
                """));
    assertThat(json(span, ContentKeys.OUTPUT_MESSAGES))
        .isEqualTo(
            Json.read(
                """
                [{"role":"assistant","parts":[{"type":"text","content":"It is booked"}],
                  "finish_reason":"stop"}]
                """));
    assertThat(span.getAttributes().get(ContentKeys.TRUNCATED)).isNull();
  }

  @Test
  void writesInstructionsBeforeTheConversationSeparately() {
    ChatRequest request =
        ChatRequest.builder()
            .messages(
                SystemMessage.from("Be brief"),
                SystemMessage.from("Be kind to " + KEY),
                UserMessage.from("Paris"),
                SystemMessage.from("Hurry"))
            .build();

    SpanData span = call(ON, CallKind.CHAT, request, "booked");

    assertThat(json(span, ContentKeys.SYSTEM_INSTRUCTIONS))
        .isEqualTo(
            Json.read(
                """
                [{"type":"text","content":"Be brief"},
                 {"type":"text","content":"Be kind to «secret:1»"}]
                """));
    assertThat(json(span, ContentKeys.INPUT_MESSAGES))
        .isEqualTo(
            Json.read(
                """
                [{"role":"user","parts":[{"type":"text","content":"Paris"}]},
                 {"role":"system","parts":[{"type":"text","content":"Hurry"}]}]
                """));
  }

  @Test
  void writesNoInstructionsWhereThereAreNone() {
    SpanData span = call(ON, CallKind.AGENT, "Paris", "booked");

    assertThat(span.getAttributes().get(ContentKeys.SYSTEM_INSTRUCTIONS)).isNull();
  }

  @Test
  void namesNoFinishReasonInMessagesOfTheNewConventions() {
    SpanData span = call(ON, SemanticConventions.V0_1, CallKind.AGENT, "Paris", "booked");

    assertThat(span.getAttributes().get(ContentKeys.OUTPUT_MESSAGES))
        .contains("booked")
        .doesNotContain("finish_reason");
  }

  @Test
  void writesArgumentsAndResultOfATool() {
    Order order = new Order("A-1", 30, Map.of("password", "hunter2hunter2"));

    SpanData span = call(ON, CallKind.TOOL, order, "{\"state\": \"paid\"}");

    assertThat(json(span, ContentKeys.TOOL_ARGUMENTS))
        .isEqualTo(
            Json.read(
                """
                {"question":{"id":"A-1","amount":30,"login":{"password":"«secret:1»"}}}
                """));
    assertThat(json(span, ContentKeys.TOOL_RESULT)).isEqualTo(Map.of("state", "paid"));
    assertThat(span.getAttributes().get(ContentKeys.INPUT_MESSAGES)).isNull();
  }

  @Test
  void replacesSecretsAndPersonalDataByNames() {
    String prompt = "Use " + KEY + " for ada@example.com, card 4111 1111 1111 1111, order ZX-77";

    SpanData span =
        call(ON + "observability: {redact: ['ZX-\\d+']}\n", CallKind.AGENT, prompt, KEY + " used");

    assertThat(span.getAttributes().get(ContentKeys.INPUT_MESSAGES))
        .doesNotContain(KEY)
        .doesNotContain("ada@example.com")
        .doesNotContain("4111")
        .doesNotContain("ZX-77")
        .contains("«secret:1»");
    assertThat(span.getAttributes().get(ContentKeys.OUTPUT_MESSAGES)).contains("«secret:1» used");
  }

  @Test
  void shortensLongContentToCompleteJson() {
    SpanData span =
        call(
            ON + "observability: {content-max-bytes: 300}\n",
            CallKind.AGENT,
            "é".repeat(5_000),
            "");

    String input = span.getAttributes().get(ContentKeys.INPUT_MESSAGES);
    assertThat(input.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(300);
    assertThat(input).contains("éé").contains("more]");
    assertThat(Json.read(input)).isInstanceOf(List.class);
    assertThat(span.getAttributes().get(ContentKeys.TRUNCATED)).isTrue();
  }

  @Test
  void keepsTheFirstAndTheLastItemsOfALongList() {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      items.add("message " + i);
    }

    FittingJson json = FittingJson.of(items, 400);

    assertThat(json.shortened()).isTrue();
    assertThat(json.text())
        .hasSizeLessThanOrEqualTo(400)
        .startsWith("[\"message 0\"")
        .endsWith("\"message 2999\"]");
  }

  @Test
  void leavesOutWhatIsHugeOrEndless() {
    List<Object> within = new ArrayList<>();
    within.add(within);
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("endless", within);
    input.put("huge", "x".repeat(3_000_000));
    input.put("many", Collections.nCopies(5_000_000, 7L));

    SpanData span = call(ON, CallKind.TOOL, input, Double.NaN);

    assertThat(span.getAttributes().get(ContentKeys.TOOL_ARGUMENTS))
        .contains("3000000 characters left out")
        .hasSizeLessThanOrEqualTo(8_192);
    assertThat(json(span, ContentKeys.TOOL_RESULT)).isEqualTo("NaN");
    assertThat(span.getAttributes().get(ContentKeys.TRUNCATED)).isTrue();
  }

  @Test
  void readsNoStreamAndNoObjectOfAnotherClass() {
    AtomicInteger reads = new AtomicInteger();
    Object shy =
        new Object() {
          @Override
          public String toString() {
            reads.incrementAndGet();
            return "shy";
          }
        };
    Stream<String> stream = Stream.of("kept for the caller");

    SpanData span = call(ON, CallKind.TOOL, shy, stream);

    assertThat(reads).hasValue(0);
    assertThat(stream.toList()).containsExactly("kept for the caller");
    assertThat(span.getAttributes().get(ContentKeys.TOOL_ARGUMENTS))
        .contains(shy.getClass().getName());
  }

  @Test
  void survivesAnArgumentThatFailsToBeRead() {
    List<String> broken =
        new ArrayList<>() {
          @Override
          public java.util.Iterator<String> iterator() {
            throw new IllegalStateException("no session");
          }
        };

    SpanData span = call(ON, CallKind.TOOL, broken, "paid");

    assertThat(span.getName()).isEqualTo("execute_tool answer");
    assertThat(span.getAttributes().get(ContentKeys.TOOL_RESULT)).isNull();
  }

  @Test
  void writesNoAnswerOfAFailedCall() {
    GovernedMethod method = method(runtime(ON, SemanticConventions.BOTH), CallKind.AGENT);
    assertThatThrownBy(() ->
            method.call(
                null,
                arguments -> {
                  throw new IllegalStateException("down");
                },
                "Paris"))
        .hasMessage("down");

    SpanData span = OTEL.getSpans().get(0);
    assertThat(span.getAttributes().get(ContentKeys.INPUT_MESSAGES)).contains("Paris");
    assertThat(span.getAttributes().get(ContentKeys.OUTPUT_MESSAGES)).isNull();
  }

  @Test
  void rejectsARedactionThatIsNoExpressionOrMatchesNothing() {
    assertThatThrownBy(() -> observability("["))
        .hasMessageContaining("redact has the pattern '['")
        .hasMessageContaining("not a regular expression");
    assertThatThrownBy(() -> observability("x*")).hasMessageContaining("matches an empty text");
  }

  private static Object observability(String pattern) {
    return new Observability(
        null,
        null,
        true,
        null,
        4_096,
        null,
        "1.41",
        100_000,
        List.of(pattern),
        8_192,
        new TraceSampling(1, true, null, null));
  }

  @Test
  void passesTheContentToSubscribersWhereThereAreNoSpans() throws Exception {
    GildRuntime runtime =
        runtime("defaults: {observe: {content: true, spans: false}}\n", SemanticConventions.BOTH);
    List<ContentCaptured> heard = new ArrayList<>();
    AutoCloseable subscription = runtime.events().subscribe(ContentCaptured.class, heard::add);
    method(runtime, CallKind.AGENT).call(null, arguments -> "It is booked", "Use " + KEY);
    subscription.close();
    method(runtime, CallKind.AGENT).call(null, arguments -> "unheard", "question");

    assertThat(OTEL.getSpans()).isEmpty();
    assertThat(heard)
        .singleElement()
        .satisfies(content -> {
          assertThat(content.call()).isPositive();
          assertThat(content.failed()).isFalse();
          assertThat(content.input()).contains("Use «secret:1»").doesNotContain(KEY);
          assertThat(content.output()).contains("It is booked");
        });
  }

  @Test
  void passesNoContentToSubscribersByDefault() throws Exception {
    GildRuntime runtime = runtime("", SemanticConventions.BOTH);
    List<ContentCaptured> heard = new ArrayList<>();
    AutoCloseable subscription = runtime.events().subscribe(ContentCaptured.class, heard::add);
    method(runtime, CallKind.AGENT).call(null, arguments -> "It is booked", "Paris");
    subscription.close();
    assertThat(OTEL.getSpans()).hasSize(1);
    assertThat(heard).isEmpty();
  }

  private static @Nullable Object json(SpanData span, AttributeKey<String> key) {
    return Json.read(String.valueOf(span.getAttributes().get(key)));
  }

  private static SpanData call(
      String yaml, CallKind kind, @Nullable Object argument, @Nullable Object answer) {
    return call(yaml, SemanticConventions.BOTH, kind, argument, answer);
  }

  private static SpanData call(
      String yaml,
      SemanticConventions conventions,
      CallKind kind,
      @Nullable Object argument,
      @Nullable Object answer) {
    method(runtime(yaml, conventions), kind)
        .call(
            null,
            arguments -> {
              assertThat(AgentCall.current()).isNotNull();
              return answer;
            },
            argument);
    return OTEL.getSpans().get(0);
  }

  private static GovernedMethod method(GildRuntime runtime, CallKind kind) {
    return runtime.method(
        new MethodSpec(
            kind,
            "support",
            "",
            "com.acme.Desk",
            "answer",
            "(Ljava/lang/Object;)Ljava/lang/Object;",
            List.of(new Parameter("question", TEXT, Role.NONE)),
            Effect.NONE,
            PolicyTree.empty()));
  }

  private static GildRuntime runtime(String yaml, SemanticConventions conventions) {
    GildRuntime made =
        GildRuntime.builder()
            .clock(ManualClock.create())
            .settings(Settings.builder().yaml("gild.yaml", yaml).build())
            .discover(ContentCaptureTests.class.getClassLoader())
            .build();
    made.shared(
        Telemetry.class,
        same -> Telemetry.of(new SimpleMeterRegistry(), new Tracers(), conventions, 1_000));
    return made;
  }
}
