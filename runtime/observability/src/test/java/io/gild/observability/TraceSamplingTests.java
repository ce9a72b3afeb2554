package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.config.SettingsException;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.Body;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.spi.CallListener;
import io.gild.core.spi.SpanIdentity;
import io.gild.testkit.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept of traces that are not recorded. */
class TraceSamplingTests {

  private static final String NONE = "observability: {traces: {sample: 0%s}}";

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final ManualClock clock = ManualClock.create();
  private GildRuntime runtime;

  @AfterEach
  void close() {
    runtime.close();
  }

  private void start(String yaml) {
    OwnTracer tracer =
        new OwnTracer(
            Sampler.parentBased(Sampler.alwaysOn()),
            SimpleSpanProcessor.create(exporter),
            Resource.empty(),
            Clock.getDefault());
    runtime =
        GildRuntime.builder()
            .clock(clock)
            .settings(Settings.builder().yaml("gild.yaml", yaml).build())
            .discover(TraceSamplingTests.class.getClassLoader())
            .build();
    runtime.shared(
        Telemetry.class, same -> Telemetry.of(new SimpleMeterRegistry(), new Tracers(tracer)));
  }

  private GovernedMethod method(CallKind kind, String name) {
    return runtime.method(
        new MethodSpec(
            kind,
            "support",
            "",
            "com.acme.Desk",
            name,
            "(Ljava/lang/String;)Ljava/lang/String;",
            List.of(),
            Effect.NONE,
            PolicyTree.empty()));
  }

  /** Calls an agent that asks a model, and a tool whose failure it ignores. */
  private void call(int status, boolean toolFails, Duration time, long nanoUsd) {
    GovernedMethod model = method(CallKind.CHAT, "chat");
    GovernedMethod tool = method(CallKind.TOOL, "lookUp");
    Body answer =
        arguments -> {
          try {
            tool.call(null, (Body) same -> result(toolFails), "key");
          } catch (IllegalStateException ignored) {
            assertThat(ignored).hasMessage("out of order");
          }
          return model.call(
              null,
              same -> {
                clock.advance(time);
                AgentCall.current().httpAttempt("POST", "api.example", 443).ended(status);
                AgentCall.current().detail().recordUsage("m", Usage.of(10, 10), nanoUsd);
                return "answer";
              },
              "prompt");
        };
    assertThat(method(CallKind.AGENT, "answer").call(null, answer, "question")).isEqualTo("answer");
  }

  private static Object result(boolean fails) {
    if (fails) {
      throw new IllegalStateException("out of order");
    }
    return "found";
  }

  private List<String> spans() {
    return exporter.getFinishedSpanItems().stream()
        .map(span -> span.getName() + " " + span.getAttributes().get(GenAi.KEPT))
        .toList();
  }

  private SpanData span(String name) {
    return exporter.getFinishedSpanItems().stream()
        .filter(each -> each.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void leavesOutCallsThatAreWell() {
    start(NONE.formatted(""));
    call(200, false, Duration.ofMillis(10), 1_000);

    assertThat(spans()).isEmpty();
  }

  @Test
  void keepsAFailedCallAndThoseAroundIt() {
    start(NONE.formatted(""));
    call(200, true, Duration.ofMillis(10), 1_000);

    assertThat(spans()).containsExactly("execute_tool lookUp error", "invoke_agent support inside");
    SpanData tool = span("execute_tool lookUp");
    SpanData agent = span("invoke_agent support");
    assertThat(tool.getParentSpanId()).isEqualTo(agent.getSpanId());
    assertThat(tool.getTraceId()).isEqualTo(agent.getTraceId());
    assertThat(agent.getParentSpanContext().isValid()).isFalse();
    assertThat(agent.getSpanContext().isSampled()).isTrue();
  }

  @Test
  void givesKeptCallsTheirIds() {
    start(NONE.formatted(""));
    List<String> traces = new ArrayList<>();
    runtime.addListener(
        new CallListener() {
          @Override
          public void onCallCompleted(AgentCall call) {
            SpanIdentity identity = call.slot(SpanIdentity.class);
            traces.add(identity == null ? "none" : identity.traceId());
          }
        });
    call(200, true, Duration.ofMillis(10), 1_000);

    String kept = span("invoke_agent support").getTraceId();
    assertThat(traces).containsExactly(kept, "none", kept);
  }

  @Test
  void keepsAFailedRequestAndTheCallsAroundIt() {
    start(NONE.formatted(""));
    call(503, false, Duration.ofMillis(10), 1_000);

    assertThat(spans())
        .containsExactly("POST error", "chat m inside", "invoke_agent support inside");
    assertThat(span("POST").getParentSpanId()).isEqualTo(span("chat m").getSpanId());
    assertThat(span("chat m").getParentSpanId())
        .isEqualTo(span("invoke_agent support").getSpanId());
  }

  @Test
  void keepsSlowAndExpensiveCalls() {
    start(NONE.formatted(", keep-slower-than: 5s, keep-dearer-than: 0.5"));
    call(200, false, Duration.ofSeconds(6), 1_000);
    assertThat(spans()).containsExactly("chat m slow", "invoke_agent support slow");

    exporter.reset();
    call(200, false, Duration.ofMillis(10), 600_000_000);
    assertThat(spans()).containsExactly("chat m expensive", "invoke_agent support expensive");
  }

  @Test
  void keepsNoErrorsIfThatIsOff() {
    start(NONE.formatted(", keep-errors: false"));
    call(503, true, Duration.ofMillis(10), 1_000);

    assertThat(spans()).isEmpty();
  }

  @Test
  void recordsAShareOfTheTracesAsAWhole() {
    start("observability: {traces: {sample: 0.5}}");
    for (int i = 0; i < 400; i++) {
      call(200, false, Duration.ofMillis(1), 1_000);
    }

    long agents = spans().stream().filter(span -> span.startsWith("invoke_agent")).count();
    assertThat(agents).isBetween(120L, 280L);
    assertThat(exporter.getFinishedSpanItems()).hasSize((int) agents * 4);
  }

  @Test
  void followsADecisionMadeElsewhere() {
    start(NONE.formatted(""));
    Span remote =
        Span.wrap(
            SpanContext.createFromRemoteParent(
                "0af7651916cd43dd8448eb211c80319c",
                "b7ad6b7169203331",
                TraceFlags.getSampled(),
                TraceState.getDefault()));
    try (Scope scope = remote.makeCurrent()) {
      assertThat(scope).isNotNull();
      call(200, false, Duration.ofMillis(10), 1_000);
    }

    assertThat(exporter.getFinishedSpanItems())
        .hasSize(4)
        .allSatisfy(
            span -> assertThat(span.getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c"));
  }

  @Test
  void rejectsValuesOutOfRange() {
    start("{}");
    assertThatThrownBy(() -> start("observability: {traces: {sample: 1.5}}"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("sample must be 0 to 1, but is 1.5");
    assertThatThrownBy(() -> start("observability: {traces: {keep-dearer-than: 0}}"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("keep-dearer-than must be above 0");
  }
}
