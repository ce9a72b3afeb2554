package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Json;
import io.gild.config.Settings;
import io.gild.config.TokenKind;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.Body;
import io.gild.core.CallContext;
import io.gild.core.CallKind;
import io.gild.core.CallReference;
import io.gild.core.Counts;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.testkit.ManualClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObservabilityTests {

  @RegisterExtension static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

  private static final String SECRET = "the customer's own words";

  private final ManualClock clock = ManualClock.create();
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final GildRuntime runtime = runtime();
  private final GovernedMethod agent = runtime.method(spec(CallKind.AGENT, "answer"));
  private final GovernedMethod model = runtime.method(spec(CallKind.CHAT, "chat"));

  @Test
  void makesSpansWithTheNamesOfTheGenAiConventions() {
    agent.call(null, arguments -> chat(), SECRET);

    List<SpanData> spans = OTEL.getSpans();
    assertThat(spans)
        .extracting(SpanData::getName)
        .containsExactly("chat gpt-4o-mini", "invoke_agent support");
    SpanData chat = spans.get(0);
    SpanData invoke = spans.get(1);
    assertThat(chat.getParentSpanId()).isEqualTo(invoke.getSpanId());
    assertThat(chat.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(invoke.getKind()).isEqualTo(SpanKind.INTERNAL);
    assertThat(invoke.getAttributes().get(GenAi.OPERATION_NAME)).isEqualTo("invoke_agent");
    assertThat(invoke.getAttributes().get(GenAi.tokens(TokenKind.INPUT))).isEqualTo(1_000);
    assertThat(chat.getAttributes().get(GenAi.tokens(TokenKind.OUTPUT))).isEqualTo(200);
    assertThat(chat.getAttributes().get(GenAi.COST_USD)).isEqualTo(0.00027);
    assertThat(spans.toString()).doesNotContain(SECRET);
  }

  @Test
  void recordsEveryKindOfTokenAndTheFirstChunkOfAStream() {
    model.call(
        null,
        arguments -> {
          AgentCall call = AgentCall.current();
          call.detail().recordProvider("anthropic");
          call.detail().recordRequestModel("claude-sonnet-4-5");
          clock.advance(Duration.ofMillis(300));
          call.delivered();
          clock.advance(Duration.ofSeconds(2));
          call.delivered();
          call.recordUsage(
              "claude-sonnet-4-5",
              Usage.of(1_000, 80)
                  .with(TokenKind.CACHED_INPUT, 600)
                  .with(TokenKind.CACHE_WRITE, 100)
                  .with(TokenKind.REASONING, 30));
          call.detail().recordResponseId("msg_1");
          call.detail().recordToolCalls(List.of("pay"));
          call.detail().recordFinishReason("tool_calls");
          return "answer";
        },
        "request");

    Attributes chat = OTEL.getSpans().get(0).getAttributes();
    assertThat(chat.get(GenAi.PROVIDER_NAME)).isEqualTo("anthropic");
    assertThat(chat.get(GenAi.REQUEST_MODEL)).isEqualTo("claude-sonnet-4-5");
    assertThat(chat.get(GenAi.RESPONSE_ID)).isEqualTo("msg_1");
    assertThat(chat.get(GenAi.FINISH_REASONS)).containsExactly("tool_calls");
    assertThat(chat.get(GenAi.TOOL_CALLS)).containsExactly("pay");
    assertThat(chat.get(GenAi.tokens(TokenKind.CACHED_INPUT))).isEqualTo(600);
    assertThat(chat.get(GenAi.tokens(TokenKind.CACHE_WRITE))).isEqualTo(100);
    assertThat(chat.get(GenAi.tokens(TokenKind.REASONING))).isEqualTo(30);
    assertThat(chat.get(GenAi.TIME_TO_FIRST_CHUNK)).isEqualTo(0.3);
    // 300 plain, 600 read, 100 written, 80 out at 3, 0.3, 3.75 and 15 dollars a million
    assertThat(chat.get(GenAi.COST_USD)).isEqualTo(0.002655);
    assertThat(
            registry
                .get("gen_ai.client.operation.time_to_first_chunk")
                .timer()
                .totalTime(TimeUnit.MILLISECONDS))
        .isEqualTo(300);
    assertThat(registry.get("gild.model.output.rate").summary().max()).isEqualTo(40);
    assertThat(registry.get("gild.model.tokens").tag("kind", "reasoning").counter().count())
        .isEqualTo(30);
  }

  @Test
  void makesASpanOfEachPhysicalRequestBelowItsCall() {
    model.call(
        null,
        arguments -> {
          AgentCall call = AgentCall.current();
          call.httpAttempt("POST", "api.example", 8443).ended(503);
          call.httpAttempt("POST", "api.example", 8443).ended(200);
          return "answer";
        },
        "request");

    List<SpanData> spans = OTEL.getSpans();
    assertThat(spans).hasSize(3);
    SpanData first = spans.get(0);
    SpanData second = spans.get(1);
    assertThat(first.getName()).isEqualTo("POST");
    assertThat(first.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(first.getParentSpanId()).isEqualTo(spans.get(2).getSpanId());
    assertThat(first.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(first.getAttributes().get(Http.STATUS_CODE)).isEqualTo(503);
    assertThat(first.getAttributes().get(GenAi.ERROR_TYPE)).isEqualTo("503");
    assertThat(first.getAttributes().get(Http.SERVER_PORT)).isEqualTo(8443);
    assertThat(first.getAttributes().get(Http.RESEND_COUNT)).isNull();
    assertThat(second.getAttributes().get(Http.SERVER_ADDRESS)).isEqualTo("api.example");
    assertThat(second.getAttributes().get(Http.RESEND_COUNT)).isEqualTo(1);
    assertThat(second.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(model.counts().get(Counts.Event.HTTP_5XX)).isEqualTo(1);
  }

  @Test
  void keepsTheSpanOfARequestInItsTraceOnEveryThread() {
    model.call(
        null,
        arguments -> {
          AgentCall call = AgentCall.current();
          Thread sender = new Thread(() -> call.httpAttempt("POST", "api.example", 1).ended(200));
          sender.start();
          sender.join();
          return "answer";
        },
        "request");

    List<SpanData> spans = OTEL.getSpans();
    assertThat(spans).hasSize(2);
    assertThat(spans.get(0).getParentSpanId()).isEqualTo(spans.get(1).getSpanId());
  }

  @Test
  void nestsSpansOfAWrappedTaskBelowItsCall() {
    agent.call(
        null,
        arguments ->
            CompletableFuture.supplyAsync(CallContext.capture().wrapSupplier(this::chat))
                .orTimeout(10, TimeUnit.SECONDS)
                .join(),
        SECRET);

    List<SpanData> spans = OTEL.getSpans();
    assertThat(spans).hasSize(2);
    assertThat(spans.get(0).getParentSpanId()).isEqualTo(spans.get(1).getSpanId());
    assertThat(spans.get(1).getAttributes().get(GenAi.tokens(TokenKind.INPUT))).isEqualTo(1_000);
  }

  @Test
  void marksTheSpanOfAFailedCall() {
    try {
      agent.call(
          null,
          arguments -> {
            throw new IOException(SECRET);
          },
          SECRET);
    } catch (Exception expected) {
      // the span is what matters
    }
    SpanData span = OTEL.getSpans().get(0);
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span.getAttributes().get(GenAi.ERROR_TYPE)).isEqualTo("java.io.IOException");
    assertThat(span.toString()).doesNotContain(SECRET);
  }

  @Test
  void removesTheSpanFromTheThreadThatBeganAnAsynchronousCall() {
    GovernedMethod later =
        runtime.method(
            new MethodSpec(
                CallKind.AGENT,
                "support",
                "",
                "com.acme.Desk",
                "later",
                "(Ljava/lang/String;)Ljava/util/concurrent/CompletableFuture;",
                List.of(),
                Effect.NONE,
                io.gild.config.PolicyTree.empty()));
    CompletableFuture<Object> pending = new CompletableFuture<>();

    later.call(
        null,
        arguments -> {
          model.call(null, same -> "nested", "request");
          return pending;
        },
        SECRET);

    assertThat(Span.current().getSpanContext().isValid()).as("the caller's thread").isFalse();
    CompletableFuture.runAsync(() -> pending.complete("answer")).join();
    List<SpanData> spans = OTEL.getSpans();
    assertThat(spans).hasSize(2);
    assertThat(spans.get(0).getParentSpanId()).isEqualTo(spans.get(1).getSpanId());
  }

  @Test
  void continuesToMeterMoneyAfterAReload() {
    agent.call(null, arguments -> chat(), SECRET);
    runtime.reload(Settings.builder().yaml("gild.yaml", "observability: {log: false}\n").build());
    agent.call(null, arguments -> chat(), SECRET);

    assertThat(registry.get("gild.agent.cost").functionCounter().count()).isEqualTo(0.00054);
    assertThat(
            registry.get("gild.agent.requests").tag("result", "success").functionCounter().count())
        .isEqualTo(2);
  }

  @Test
  void metersAllMethodsOfOneAgentAndName() {
    List<GovernedMethod> alike = new ArrayList<>();
    for (String descriptor : List.of("()V", "(I)V", "(J)V")) {
      alike.add(
          runtime.method(
              new MethodSpec(
                  CallKind.AGENT,
                  "alike",
                  "",
                  "com.acme.Desk",
                  "answer",
                  descriptor,
                  List.of(),
                  Effect.NONE,
                  io.gild.config.PolicyTree.empty())));
    }
    for (int i = 0; i < 28; i++) {
      alike.get(i % 3).call(null, arguments -> null, 1);
    }

    assertThat(
            registry
                .get("gild.agent.requests")
                .tag("agent", "alike")
                .tag("result", "success")
                .functionCounter()
                .count())
        .isEqualTo(28);
    assertThat(registry.get("gild.agent.active").tag("agent", "alike").gauge().value()).isZero();
  }

  @Test
  void namesTheCauseAndNotTheWrappingException() {
    try {
      agent.call(
          null,
          arguments -> {
            throw new CompletionException(new IOException("down"));
          },
          SECRET);
    } catch (CompletionException expected) {
      // the span is what matters
    }
    assertThat(OTEL.getSpans().get(0).getAttributes().get(GenAi.ERROR_TYPE))
        .isEqualTo("java.io.IOException");
  }

  @Test
  void nestsSpansOnThreadsWithoutTheCallsContext() {
    agent.call(
        null,
        arguments -> {
          CallReference call = AgentCall.current().reference();
          CompletableFuture.runAsync(
                  () -> {
                    AgentCall previous = call.join(call.live());
                    model.call(null, same -> "nested", "request");
                    CallContext.leave(previous);
                  })
              .join();
          return "answer";
        },
        SECRET);

    List<SpanData> spans = OTEL.getSpans();
    assertThat(spans).hasSize(2);
    assertThat(spans.get(0).getParentSpanId()).isEqualTo(spans.get(1).getSpanId());
    assertThat(spans.get(0).getTraceId()).isEqualTo(spans.get(1).getTraceId());
  }

  @Test
  void metersCallsByOutcomeWithTimeTokensAndMoney() {
    agent.call(null, arguments -> chat(), SECRET);
    try {
      agent.call(
          null,
          arguments -> {
            throw new IOException("down");
          },
          SECRET);
    } catch (Exception expected) {
      // counted below
    }

    assertThat(
            registry.get("gild.agent.requests").tag("result", "success").functionCounter().count())
        .isEqualTo(1);
    assertThat(
            registry.get("gild.agent.requests").tag("result", "failure").functionCounter().count())
        .isEqualTo(1);
    assertThat(
            registry
                .get("gild.agent.duration")
                .tag("outcome", "success")
                .timer()
                .totalTime(TimeUnit.SECONDS))
        .isEqualTo(2);
    assertThat(registry.get("gild.agent.cost").functionCounter().count()).isEqualTo(0.00027);
    assertThat(registry.get("gild.agent.active").gauge().value()).isZero();
    assertThat(
            registry
                .get("gen_ai.client.token.usage")
                .tag("gen_ai.token.type", "input")
                .summary()
                .totalAmount())
        .isEqualTo(1_000);
  }

  @Test
  void metersTheTimeOfEachModelEvenIfItFailed() {
    try {
      model.call(null, arguments -> callModel("gpt-4o", new IOException("down")), "request");
    } catch (Exception expected) {
      // counted below
    }
    model.call(null, arguments -> callModel("gpt-4o-mini", null), "request");
    model.call(null, arguments -> "answer of nobody", "request");

    assertThat(timesOf("gpt-4o", "openai", "failure")).isEqualTo(1);
    assertThat(timesOf("gpt-4o", "openai", "success")).isZero();
    assertThat(timesOf("gpt-4o-mini", "openai", "success")).isEqualTo(1);
    assertThat(timesOf("unknown", "unknown", "success")).isEqualTo(1);
    assertThat(
            registry
                .get("gen_ai.client.token.usage")
                .tag("gen_ai.request.model", "gpt-4o-mini")
                .tag("gen_ai.token.type", "output")
                .summary()
                .totalAmount())
        .isEqualTo(7);
  }

  @Test
  void metersPoliciesOfAModelInsideAnAgentOnce() {
    agent.call(null, arguments -> chat(), SECRET);
    model.counts().add(Counts.Event.REPLAYED);

    assertThat(registry.get("gild.effect.replays").tag("method", "chat").functionCounter().count())
        .isEqualTo(1);
    assertThat(registry.get("gild.agent.attempts").tag("method", "chat").functionCounter().count())
        .isEqualTo(1);
    assertThat(registry.find("gild.agent.cost").tag("method", "chat").functionCounters()).isEmpty();
    assertThat(registry.find("gild.agent.requests").tag("method", "chat").functionCounters())
        .isEmpty();
  }

  @Test
  void metersAModelOutsideOfAnyAgentAsAnAgent() {
    chat();

    assertThat(counted("gild.agent.requests", "chat", "success")).isEqualTo(1);
    assertThat(registry.get("gild.agent.cost").tag("method", "chat").functionCounter().count())
        .isEqualTo(0.00027);
    assertThat(ReportFile.content(runtime))
        .containsEntry("calls", 1L)
        .containsEntry("modelCalls", 1L)
        .containsEntry("toolCalls", 0L);
  }

  private double counted(String meter, String method, String result) {
    return registry
        .get(meter)
        .tag("method", method)
        .tag("result", result)
        .functionCounter()
        .count();
  }

  @Test
  void limitsTheNumberOfMeteredModels() {
    for (int i = 0; i < 150; i++) {
      String name = "model-" + i;
      model.call(null, arguments -> callModel(name, null), "request");
    }

    assertThat(registry.find("gen_ai.client.operation.duration").timers()).hasSize(2 * 101);
    assertThat(timesOf("other", "other", "success")).isEqualTo(50);
  }

  private static Object callModel(String name, @Nullable Exception failure) throws Exception {
    AgentCall call = AgentCall.current();
    call.detail().recordProvider("openai");
    call.detail().recordRequestModel(name);
    if (failure != null) {
      throw failure;
    }
    call.recordUsage(name, Usage.of(5, 7));
    return "answer";
  }

  private long timesOf(String model, String provider, String outcome) {
    return registry
        .get("gen_ai.client.operation.duration")
        .tag("gen_ai.request.model", model)
        .tag("gen_ai.provider.name", provider)
        .tag("outcome", outcome)
        .timers()
        .stream()
        .mapToLong(Timer::count)
        .sum();
  }

  @Test
  void writesOneLineOfJsonPerCallWithoutItsContent() throws Throwable {
    List<String> lines = new ArrayList<>();
    CallLog log =
        new CallLog(
            line -> lines.add(Json.write(line)),
            () -> true,
            new CallLogSettings(List.of(CallLogEvent.CALLS), 1),
            new TraceSampling(1, true, null, null),
            ManualClock.create());
    AgentCall call = agent.begin(null, SECRET);
    while (call.proceed()) {
      call.returned(chat());
    }
    log.write(call);

    assertThat(lines).hasSize(1);
    Map<?, ?> line = (Map<?, ?>) Json.read(lines.get(0));
    assertThat(line.get("agent")).isEqualTo("support");
    assertThat(line.get("trace")).asString().hasSize(32);
    assertThat(line.get("span")).asString().hasSize(16);
    assertThat(line.get("call")).asString().isEqualTo(String.valueOf(call.number()));
    assertThat(line.get("parent")).isNull();
    assertThat(line.get("outcome")).isEqualTo("success");
    assertThat(line.get("model")).isEqualTo("gpt-4o-mini");
    for (TokenKind kind : TokenKind.values()) {
      if (kind.whole() == null) {
        assertThat(line.get(kind.field()))
            .as(kind.field())
            .isEqualTo(call.facts().usage().get(kind));
      }
    }
    assertThat(lines.get(0)).doesNotContain(SECRET);
  }

  @Test
  void servesMetricsToAScraper() throws Exception {
    PrometheusEndpoint endpoint = PrometheusEndpoint.start(0);
    Telemetry scraped = Telemetry.of(endpoint.registry());
    scraped.meters(agent);
    agent.call(null, arguments -> "answer", SECRET);

    String text =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(endpoint.url())).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    scraped.close();

    assertThat(text)
        .contains(
            "gild_agent_requests_total{agent=\"support\",method=\"answer\",result=\"success\",version=\"1.2\"} 1.0")
        .contains("gild_agent_duration_seconds_bucket")
        .contains("gild_agent_cost_usd_total")
        .contains("gild_agent_active_requests");
  }

  @Test
  void reportsTheCallsOfTheRuntime() {
    agent.call(null, arguments -> chat(), SECRET);

    Map<String, Object> report = ReportFile.content(runtime);

    assertThat(report).containsEntry("calls", 1L).containsEntry("succeeded", 1L);
    assertThat(report.get("costUsd").toString()).isEqualTo("0.000270000");
    assertThat(Json.write(report)).contains("\"gpt-4o-mini\"").doesNotContain(SECRET);
  }

  @ParameterizedTest
  @EnumSource
  void showsEveryKindOfTokenInSpansMetersAndTheReport(TokenKind kind) {
    Usage usage = Usage.of(each -> 1_000 + each.ordinal());
    model.call(null, arguments -> report(usage), "request");
    long tokens = usage.get(kind);

    AttributeKey<Long> key = GenAi.tokens(kind);
    if (key != null) {
      assertThat(OTEL.getSpans().get(0).getAttributes().get(key)).isEqualTo(tokens);
    }
    assertThat(metered(kind)).isEqualTo(tokens);
    Map<?, ?> models = (Map<?, ?>) ReportFile.content(runtime).get("models");
    assertThat(((Map<?, ?>) models.get("own-model")).get(kind.field())).isEqualTo(tokens);
    assertThat(runtime.ledger().lines().get(0).usage()).isEqualTo(usage);
  }

  private static Object report(Usage usage) {
    AgentCall.current().recordUsage("own-model", usage);
    return "answer";
  }

  private double metered(TokenKind kind) {
    return kind.whole() == null
        ? registry
            .get("gen_ai.client.token.usage")
            .tag("gen_ai.token.type", kind.type())
            .summary()
            .totalAmount()
        : registry.get("gild.model.tokens").tag("kind", kind.type()).counter().count();
  }

  @Test
  void keepsTheNamesOfTokens() {
    agent.call(null, arguments -> report(Usage.of(each -> 1_000)), SECRET);

    Map<?, ?> models = (Map<?, ?>) ReportFile.content(runtime).get("models");
    assertThat(((Map<?, ?>) models.get("own-model")).keySet().stream().map(String::valueOf))
        .containsSubsequence(
            "calls",
            "inputTokens",
            "outputTokens",
            "cachedInputTokens",
            "cacheWriteTokens",
            "hourCacheWriteTokens",
            "reasoningTokens",
            "inputAudioTokens",
            "outputAudioTokens",
            "costUsd",
            "unpriced");
    assertThat(Arrays.stream(TokenKind.values()).map(TokenKind::type))
        .containsSubsequence(
            "input",
            "output",
            "cache_read",
            "cache_creation",
            "cache_creation_1h",
            "reasoning",
            "input_audio",
            "output_audio");
    assertThat(Arrays.stream(TokenKind.values()).map(TokenKind::attribute).filter(Objects::nonNull))
        .containsSubsequence(
            "gen_ai.usage.input_tokens",
            "gen_ai.usage.output_tokens",
            "gen_ai.usage.cache_read.input_tokens",
            "gen_ai.usage.cache_creation.input_tokens",
            "gen_ai.usage.reasoning.output_tokens");
  }

  private Object chat() {
    Body body =
        arguments -> {
          clock.advance(Duration.ofSeconds(2));
          AgentCall.current().recordUsage("gpt-4o-mini", Usage.of(1_000, 200));
          return "answer";
        };
    return model.call(null, body, "request");
  }

  private GildRuntime runtime() {
    GildRuntime made =
        GildRuntime.builder()
            .clock(clock)
            .settings(Settings.defaults())
            .discover(ObservabilityTests.class.getClassLoader())
            .build();
    made.shared(Telemetry.class, same -> Telemetry.of(registry));
    return made;
  }

  private static MethodSpec spec(CallKind kind, String method) {
    return new MethodSpec(
        kind,
        "support",
        "1.2",
        "com.acme.Desk",
        method,
        "(Ljava/lang/String;)Ljava/lang/String;",
        List.of(),
        Effect.NONE,
        io.gild.config.PolicyTree.empty());
  }
}
