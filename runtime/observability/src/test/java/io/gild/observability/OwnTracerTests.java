package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.config.TokenKind;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.testkit.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OwnTracerTests {

  private static final Resource RESOURCE =
      Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "acme-desk"));

  private static final Sampler USUAL = Sampler.parentBased(Sampler.alwaysOn());

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final SpanProcessor batches = BatchSpanProcessor.builder(exporter).build();
  private final Clocks time = new Clocks();

  /** All that an exporter can see of a span but its identity. */
  private record SpanFacts(
      String name,
      String parentName,
      SpanKind kind,
      StatusData status,
      Map<?, ?> attributes,
      int totalAttributes,
      List<?> events,
      List<?> links,
      int totalEvents,
      int totalLinks,
      long start,
      long end,
      boolean ended,
      TraceFlags flags,
      TraceState state,
      boolean remote,
      TraceFlags parentFlags,
      boolean parentIsRemote,
      Resource resource,
      InstrumentationScopeInfo scope) {

    static List<SpanFacts> all(List<SpanData> spans) {
      Map<String, String> names = new HashMap<>();
      spans.forEach(span -> names.put(span.getSpanId(), span.getName()));
      return spans.stream().map(span -> of(span, names)).toList();
    }

    private static SpanFacts of(SpanData span, Map<String, String> names) {
      return new SpanFacts(
          span.getName(),
          names.getOrDefault(span.getParentSpanId(), "none"),
          span.getKind(),
          span.getStatus(),
          span.getAttributes().asMap(),
          span.getTotalAttributeCount(),
          span.getEvents(),
          span.getLinks(),
          span.getTotalRecordedEvents(),
          span.getTotalRecordedLinks(),
          span.getStartEpochNanos(),
          span.getEndEpochNanos(),
          span.hasEnded(),
          span.getSpanContext().getTraceFlags(),
          span.getSpanContext().getTraceState(),
          span.getSpanContext().isRemote(),
          span.getParentSpanContext().getTraceFlags(),
          span.getParentSpanContext().isRemote(),
          span.getResource(),
          span.getInstrumentationScopeInfo());
    }
  }

  @Test
  void makesTheSameSpansAsTheSdk() {
    List<SpanData> own = spans(own(USUAL, batches));
    time.reset();
    List<SpanData> sdk = spans(sdk(USUAL, SpanLimits.getDefault()));

    assertThat(own)
        .extracting(SpanData::getName)
        .containsExactly(
            "POST", "POST", "chat gpt-4o-mini", "invoke_agent support", "invoke_agent support");
    assertThat(SpanFacts.all(own)).isEqualTo(SpanFacts.all(sdk));
    assertThat(own.subList(0, 4)).extracting(SpanData::getTraceId).containsOnly(traceOf(own, 0));
    assertThat(own.get(4).getTraceId()).isNotEqualTo(traceOf(own, 0));
    assertThat(own)
        .extracting(SpanData::getSpanContext)
        .allSatisfy(identity -> {
          assertThat(identity.getTraceId()).matches("[0-9a-f]{32}");
          assertThat(identity.getSpanId()).matches("[0-9a-f]{16}");
          assertThat(identity.isValid()).isTrue();
        });
    assertThat(own).extracting(SpanData::getSpanId).doesNotHaveDuplicates();
  }

  @Test
  void joinsTheTraceOfAnotherTracersSpan() {
    TraceState state = TraceState.builder().put("acme", "1").build();
    SpanContext remote =
        SpanContext.createFromRemoteParent(
            "0102030405060708f90a0b0c0d0e0f10", "f102030405060708", TraceFlags.getSampled(), state);
    for (Tracer tracer : List.of(own(USUAL, batches), sdk(USUAL, SpanLimits.getDefault()))) {
      tracer.spanBuilder("one").setParent(Context.root().with(Span.wrap(remote))).startSpan().end();
    }

    List<SpanData> both = exported();
    assertThat(both)
        .hasSize(2)
        .allMatch(span -> span.getTraceId().equals(remote.getTraceId()))
        .allMatch(span -> span.getParentSpanContext().equals(remote));
    assertThat(SpanFacts.all(both.subList(0, 1))).isEqualTo(SpanFacts.all(both.subList(1, 2)));
  }

  static Stream<Sampler> samplers() {
    return Stream.of(
            Sampler.alwaysOn(),
            Sampler.alwaysOff(),
            Sampler.traceIdRatioBased(0),
            Sampler.traceIdRatioBased(1))
        .flatMap(root -> Stream.of(root, Sampler.parentBased(root)));
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void samplesTheSameSpansAsTheSdk(Sampler sampler) {
    SpanContext not =
        SpanContext.create(
            "0102030405060708090a0b0c0d0e0f10",
            "0102030405060708",
            TraceFlags.getDefault(),
            TraceState.getDefault());
    List<List<SpanFacts>> sides = new ArrayList<>();
    for (Tracer tracer : List.of(own(sampler, batches), sdk(sampler, SpanLimits.getDefault()))) {
      tracer.spanBuilder("below").setParent(Context.root().with(Span.wrap(not))).startSpan().end();
      sides.add(SpanFacts.all(spans(tracer)));
      time.reset();
    }
    assertThat(sides.get(0)).isEqualTo(sides.get(1));
  }

  @Test
  void samplesWholeTracesByTheirIdentity() {
    Sampler half = Sampler.traceIdRatioBased(0.5);
    Tracer tracer = own(Sampler.parentBased(half), batches);
    int traces = 200;
    for (int i = 0; i < traces; i++) {
      Span outer = tracer.spanBuilder("outer").startSpan();
      Span inner = tracer.spanBuilder("inner").setParent(Context.root().with(outer)).startSpan();
      assertThat(inner.getSpanContext().getTraceId())
          .isEqualTo(outer.getSpanContext().getTraceId());
      assertThat(inner.isRecording()).isEqualTo(outer.isRecording());
      inner.end();
      outer.end();
    }

    List<SpanData> spans = exported();
    assertThat(spans)
        .hasSizeBetween(2, 2 * traces - 2)
        .allMatch(span ->
            half.shouldSample(
                    Context.root(),
                    span.getTraceId(),
                    "",
                    SpanKind.INTERNAL,
                    Attributes.empty(),
                    List.of())
                .equals(SamplingResult.recordAndSample()));
    assertThat(spans).filteredOn(span -> span.getName().equals("inner")).hasSize(spans.size() / 2);
  }

  @Test
  void keepsAttributesOfTheSampler() {
    Sampler adding = new Adding();
    for (Tracer tracer : List.of(own(adding, batches), sdk(adding, SpanLimits.getDefault()))) {
      tracer.spanBuilder("one").setAttribute("mine", 1).startSpan().end();
    }

    List<SpanData> both = exported();
    assertThat(both.get(0).getAttributes().asMap()).hasSize(2);
    assertThat(both.get(0).getSpanContext().getTraceState().get("acme")).isEqualTo("2");
    assertThat(SpanFacts.all(both.subList(0, 1))).isEqualTo(SpanFacts.all(both.subList(1, 2)));
  }

  private static final class Adding implements Sampler {

    @Override
    public SamplingResult shouldSample(
        Context parent,
        String trace,
        String name,
        SpanKind kind,
        Attributes attributes,
        List<LinkData> links) {
      return new SamplingResult() {
        @Override
        public SamplingDecision getDecision() {
          return SamplingDecision.RECORD_AND_SAMPLE;
        }

        @Override
        public Attributes getAttributes() {
          return Attributes.of(AttributeKey.longKey("seen"), (long) attributes.size());
        }

        @Override
        public TraceState getUpdatedTraceState(TraceState given) {
          return given.toBuilder().put("acme", "2").build();
        }
      };
    }

    @Override
    public String getDescription() {
      return "adding";
    }
  }

  @Test
  void dropsSpansWithoutWaitingWhenTheQueueIsFull() throws Exception {
    Blocked blocked = new Blocked();
    BatchSpanProcessor narrow =
        BatchSpanProcessor.builder(blocked).setMaxQueueSize(8).setMaxExportBatchSize(2).build();
    Tracer tracer = own(USUAL, narrow);
    for (int i = 0; i < 2; i++) {
      tracer.spanBuilder("early").startSpan().end();
    }
    assertThat(blocked.entered.await(30, TimeUnit.SECONDS)).isTrue();

    for (int i = 0; i < 1_000; i++) {
      tracer.spanBuilder("late").startSpan().end();
    }
    blocked.release.countDown();
    narrow.shutdown().join(30, TimeUnit.SECONDS);

    assertThat(blocked.taken).startsWith("early", "early").hasSizeBetween(3, 20);
  }

  /** Takes nothing until it is let. */
  private static final class Blocked implements SpanExporter {

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final List<String> taken = new ArrayList<>();

    @Override
    public synchronized CompletableResultCode export(Collection<SpanData> spans) {
      entered.countDown();
      try {
        release.await(30, TimeUnit.SECONDS);
      } catch (InterruptedException impossible) {
        Thread.currentThread().interrupt();
      }
      spans.forEach(span -> taken.add(span.getName()));
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  @Test
  void changesNothingAfterTheEnd() {
    Span span = own(USUAL, batches).spanBuilder("one").startSpan();
    span.setStatus(StatusCode.ERROR, "why").setStatus(StatusCode.UNSET);
    span.end();
    assertThat(span.isRecording()).isFalse();
    span.setAttribute("late", "late").setStatus(StatusCode.OK).updateName("late");
    span.end();

    List<SpanData> all = exported();
    assertThat(all).hasSize(1);
    SpanData recorded = all.get(0);
    assertThat(recorded.getName()).isEqualTo("one");
    assertThat(recorded.getAttributes().isEmpty()).isTrue();
    assertThat(recorded.getStatus()).isEqualTo(StatusData.create(StatusCode.ERROR, "why"));
  }

  @Test
  void keepsAllAttributesWithTheirLastValues() {
    Span span = own(USUAL, batches).spanBuilder("one").setAttribute("key 3", "first").startSpan();
    for (int i = 0; i < 30; i++) {
      span.setAttribute("key " + i, "value " + i);
    }
    span.setAttribute(AttributeKey.stringKey(""), "nameless");
    span.setAttribute(GenAi.REQUEST_MODEL, null);
    span.end();

    Attributes recorded = exported().get(0).getAttributes();
    assertThat(recorded.size()).isEqualTo(30);
    assertThat(recorded.get(AttributeKey.stringKey("key 3"))).isEqualTo("value 3");
    assertThat(recorded.get(AttributeKey.stringKey("key 29"))).isEqualTo("value 29");
  }

  @Test
  void followsTheWallClockFromTraceToTrace() {
    Tracer tracer = own(USUAL, batches);
    tracer.spanBuilder("before").startSpan().end();
    time.advance(Duration.ofSeconds(1));
    time.set(Duration.ofHours(1));
    tracer.spanBuilder("after").startSpan().end();

    assertThat(exported().get(1).getStartEpochNanos()).isEqualTo(time.now());
  }

  @Test
  void keepsASpanInsideItsParentWhenTheWallClockChanges() {
    Tracer tracer = own(USUAL, batches);
    Span outer = tracer.spanBuilder("outer").startSpan();
    time.advance(Duration.ofSeconds(1));
    time.set(Duration.ofHours(-1));
    Context around = Context.root().with(outer);
    tracer.spanBuilder("inner").setParent(around).startSpan().end();
    time.advance(Duration.ofSeconds(1));
    outer.end();

    List<SpanData> both = exported();
    SpanData first = both.get(0);
    SpanData second = both.get(1);
    assertThat(first.getStartEpochNanos() - second.getStartEpochNanos()).isEqualTo(1_000_000_000);
    assertThat(second.getEndEpochNanos() - second.getStartEpochNanos()).isEqualTo(2_000_000_000);
  }

  /** A wall clock that can be set, which a monotonic one cannot. */
  private static final class Clocks implements Clock {

    private static final long FIRST = Duration.ofDays(20_000).toNanos();

    private long wall = FIRST;
    private long monotonic;

    void reset() {
      wall = FIRST;
      monotonic = 0;
    }

    void advance(Duration duration) {
      wall += duration.toNanos();
      monotonic += duration.toNanos();
    }

    void set(Duration later) {
      wall += later.toNanos();
    }

    @Override
    public long now() {
      return wall;
    }

    @Override
    public long nanoTime() {
      return monotonic;
    }
  }

  @Test
  void leavesSpansToTheSdkIfTheSettingsRequireMore() {
    SpanLimits fewer = SpanLimits.builder().setMaxNumberOfAttributes(3).build();
    SpanLimits shorter = SpanLimits.builder().setMaxAttributeValueLength(5).build();

    assertThat(path(SpanLimits.getDefault(), batches)).isInstanceOf(OwnTracer.class);
    assertThat(path(fewer, batches)).isNotInstanceOf(OwnTracer.class);
    assertThat(path(shorter, batches)).isNotInstanceOf(OwnTracer.class);
    assertThat(path(SpanLimits.getDefault(), SimpleSpanProcessor.create(exporter)))
        .isNotInstanceOf(OwnTracer.class);
    assertThat(path(SpanLimits.getDefault(), batches, batches)).isNotInstanceOf(OwnTracer.class);
    assertThat(path(SpanLimits.getDefault())).isNotInstanceOf(OwnTracer.class);
  }

  private static Tracer path(SpanLimits limits, SpanProcessor... processors) {
    OwnSpanPath path = new OwnSpanPath(new LostSpans());
    path.of(RESOURCE);
    for (SpanProcessor processor : processors) {
      path.through(processor);
    }
    return path.tracer(
        OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder().setSpanLimits(limits).build())
            .build(),
        SemanticConventions.V1_41);
  }

  private OwnTracer own(Sampler sampler, SpanProcessor processor) {
    return new OwnTracer(sampler, processor, RESOURCE, time);
  }

  private Tracer sdk(Sampler sampler, SpanLimits limits) {
    return Tracers.tracer(
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .setSampler(sampler)
                    .setSpanLimits(limits)
                    .setResource(RESOURCE)
                    .setClock(time)
                    .addSpanProcessor(batches)
                    .build())
            .build(),
        SemanticConventions.V1_41);
  }

  private static String traceOf(List<SpanData> spans, int index) {
    return spans.get(index).getTraceId();
  }

  private List<SpanData> exported() {
    batches.forceFlush().join(30, TimeUnit.SECONDS);
    List<SpanData> all = exporter.getFinishedSpanItems();
    exporter.reset();
    return all;
  }

  /** Returns what a good call with a model and a failing one leave. */
  private List<SpanData> spans(Tracer tracer) {
    GildRuntime runtime =
        GildRuntime.builder()
            .clock(ManualClock.create())
            .settings(Settings.defaults())
            .discover(OwnTracerTests.class.getClassLoader())
            .build();
    runtime.shared(
        Telemetry.class, same -> Telemetry.of(new SimpleMeterRegistry(), new Tracers(tracer)));
    GovernedMethod agent = runtime.method(spec(CallKind.AGENT, "answer"));
    GovernedMethod model = runtime.method(spec(CallKind.CHAT, "chat"));
    agent.call(null, arguments -> model.call(null, same -> chat(), "request"), "question");
    try {
      agent.call(
          null,
          arguments -> {
            throw new IOException("down");
          },
          "question");
    } catch (Exception expected) {
      // the span is what matters
    }
    return exported();
  }

  private Object chat() throws InterruptedException {
    AgentCall call = AgentCall.current();
    time.advance(Duration.ofMillis(3));
    call.detail().recordProvider("openai");
    call.detail().recordRequestModel("gpt-4o-mini");
    Thread sender = new Thread(() -> call.httpAttempt("POST", "api.example", 8443).ended(503));
    sender.start();
    sender.join();
    time.advance(Duration.ofMillis(5));
    call.httpAttempt("POST", "api.example", 8443).ended(200);
    call.recordUsage(
        "gpt-4o-mini",
        Usage.of(1_000, 80)
            .with(TokenKind.CACHED_INPUT, 600)
            .with(TokenKind.CACHE_WRITE, 100)
            .with(TokenKind.REASONING, 30));
    call.detail().recordResponseId("msg_1");
    call.detail().recordToolCalls(List.of("pay"));
    call.detail().recordFinishReason("stop");
    return "answer";
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
        PolicyTree.empty());
  }
}
