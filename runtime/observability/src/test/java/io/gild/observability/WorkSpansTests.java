package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import io.gild.core.CallKind;
import io.gild.core.GildRuntime;
import io.gild.core.TracedWork;
import io.gild.core.WorkTraces;
import io.gild.core.spi.WorkTracer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Spans of work that is no call, and descriptions of the spans of calls. */
class WorkSpansTests {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final List<String> EARLIER =
      List.of("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01");
  private static final AttributeKey<String> QUERY =
      AttributeKey.stringKey("gen_ai.memory.query.text");
  private static final AttributeKey<String> STEP = AttributeKey.stringKey("gild.run.step");

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private GildRuntime runtime;

  @AfterEach
  void close() {
    runtime.close();
  }

  private WorkTraces start(String yaml) {
    OwnTracer tracer =
        new OwnTracer(
            Sampler.parentBased(Sampler.alwaysOn()),
            SimpleSpanProcessor.create(exporter),
            Resource.empty(),
            Clock.getDefault());
    runtime =
        GildRuntime.builder()
            .settings(Settings.builder().yaml("gild.yaml", yaml).build())
            .discover(WorkSpansTests.class.getClassLoader())
            .build();
    runtime.shared(
        Telemetry.class, same -> Telemetry.of(new SimpleMeterRegistry(), new Tracers(tracer)));
    WorkTraces.of(runtime).traceWith(new WorkSpans(runtime));
    return WorkTraces.of(runtime);
  }

  private SpanData span(String name) {
    return exporter.getFinishedSpanItems().stream()
        .filter(each -> each.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void call(Runnable inside) {
    runtime
        .method(TestRuntime.spec(CallKind.AGENT, "support", "answer"))
        .call(
            null,
            given -> {
              inside.run();
              return "answer";
            },
            "question");
  }

  private static TracedWork search() {
    return TracedWork.of(
        "search_memory",
        Map.of("gen_ai.memory.query.text", "a secret sk-proj-abcdefghijklmnop", "count", 3L));
  }

  @Test
  void makesASpanBelowTheCall() {
    WorkTraces traces = start("");

    call(() -> {
      WorkTracer.Traced span = traces.begin(search());
      span.ended("timeout");
      span.ended(null);
    });

    SpanData made = span("search_memory");
    assertThat(made.getParentSpanId()).isEqualTo(span("invoke_agent support").getSpanId());
    assertThat(made.getAttributes().get(AttributeKey.longKey("count"))).isEqualTo(3);
    assertThat(made.getAttributes().get(GenAi.ERROR_TYPE)).isEqualTo("timeout");
    assertThat(made.getAttributes().get(QUERY)).isNull();
  }

  @Test
  void makesCallsChildrenOfTheWorkAroundThem() {
    WorkTraces traces = start("");

    WorkTracer.Traced around = traces.begin(TracedWork.of("gild.evaluation refund", Map.of()));
    Runnable leave = around.enter();
    call(() -> {});
    around.event("gen_ai.evaluation.result", Map.of("gen_ai.evaluation.score.value", 0.5));
    around.ended(null);
    leave.run();

    SpanData evaluation = span("gild.evaluation refund");
    assertThat(span("invoke_agent support").getParentSpanId()).isEqualTo(evaluation.getSpanId());
    assertThat(evaluation.getTotalRecordedEvents()).isEqualTo(1);
    EventData event = evaluation.getEvents().get(0);
    assertThat(event.getName()).isEqualTo("gen_ai.evaluation.result");
    assertThat(event.getEpochNanos())
        .isBetween(evaluation.getStartEpochNanos(), evaluation.getEndEpochNanos());
    assertThat(event.getAttributes().get(AttributeKey.doubleKey("gen_ai.evaluation.score.value")))
        .isEqualTo(0.5);
  }

  @Test
  void writesContentWithoutSecretsWhereItIsOn() {
    WorkTraces traces = start("defaults: {observe: {content: true}}");

    traces.begin(search()).ended(null);

    assertThat(span("search_memory").getAttributes().get(QUERY))
        .startsWith("a secret")
        .doesNotContain("abcdefghijklmnop");
  }

  @Test
  void makesNoSpanWhereSpansAreOff() {
    WorkTraces traces = start("defaults: {observe: {spans: false}}");

    call(() -> traces.begin(search()).ended(null));
    traces.begin(search()).ended(null);

    assertThat(exporter.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void describesTheNextCallAlone() {
    WorkTraces traces = start("");
    TracedWork step =
        TracedWork.of("gild.step write", Map.of("gen_ai.operation.name", "gild.step"))
            .linkedTo(EARLIER);

    Runnable described = traces.next(step);
    call(() -> traces.current(Map.of("gild.run.step", "a/write")));
    described.run();
    call(() -> {});

    SpanData first = span("gild.step write");
    assertThat(first.getAttributes().get(GenAi.OPERATION_NAME)).isEqualTo("gild.step");
    assertThat(first.getAttributes().get(STEP)).isEqualTo("a/write");
    assertThat(first.getLinks())
        .singleElement()
        .satisfies(link -> assertThat(link.getSpanContext().getTraceId()).isEqualTo(TRACE));
    assertThat(span("invoke_agent support").getLinks()).isEmpty();
  }

  @Test
  void forgetsADescriptionThatNoCallTook() {
    WorkTraces traces = start("");

    traces.next(TracedWork.of("gild.step write", Map.of())).run();
    call(() -> {});

    assertThat(span("invoke_agent support").getName()).isNotEmpty();
  }

  @Test
  void describesAKeptCallOfATraceThatIsNotRecorded() {
    WorkTraces traces = start("observability: {traces: {sample: 0, keep-dearer-than: 0.001}}");
    Runnable described = traces.next(TracedWork.of("gild.step write", Map.of()).linkedTo(EARLIER));
    try {
      call(() -> {
        traces.current(Map.of("gild.run.step", "a/write"));
        traces.begin(search()).ended(null);
        throw new IllegalStateException("no");
      });
    } catch (IllegalStateException expected) {
      assertThat(expected).hasMessage("no");
    }
    described.run();

    assertThat(exporter.getFinishedSpanItems()).hasSize(1);
    assertThat(span("gild.step write").getAttributes().get(STEP)).isEqualTo("a/write");
    assertThat(span("gild.step write").getLinks()).hasSize(1);
  }

  @Test
  void recordsRequiredWorkOutsideOfSampledTraces() {
    WorkTraces traces = start("observability: {traces: {sample: 0}}");

    traces.begin(search()).ended(null);
    traces.begin(TracedWork.of("gild.evaluation refund", Map.of()).alwaysRecorded()).ended(null);

    assertThat(exporter.getFinishedSpanItems())
        .extracting(SpanData::getName)
        .containsExactly("gild.evaluation refund");
  }

  @Test
  void writesTheNamesOfTheChosenConventions() {
    start("");
    Map<String, Object> given = Map.of("gen_ai.workflow.name", "article");

    assertThat(WorkAttributes.withoutContent(SemanticConventions.V1_41).of(given).size())
        .isEqualTo(1);
    assertThat(WorkAttributes.withoutContent(SemanticConventions.V0_1).of(given).size()).isZero();
  }
}
