package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.a2a.A2aMessage;
import io.gild.coordination.Broker;
import io.gild.coordination.BrokerLimits;
import io.gild.coordination.EmbeddedEngine;
import io.gild.coordination.Envelope;
import io.gild.coordination.Intent;
import io.gild.coordination.Redelivery;
import io.gild.coordination.Subscription;
import io.gild.core.CallKind;
import io.gild.core.GildRuntime;
import io.gild.core.WorkTraces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Spans of messages that a broker delivers, again too. */
class DeliverySpansTests {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

  @Test
  void linksARedeliveryToTheFirstDelivery() throws Exception {
    OwnTracer tracer =
        new OwnTracer(
            Sampler.parentBased(Sampler.alwaysOn()),
            SimpleSpanProcessor.create(exporter),
            Resource.empty(),
            Clock.getDefault());
    CountDownLatch delivered = new CountDownLatch(3);
    try (GildRuntime runtime =
        TestRuntime.with(Telemetry.of(new SimpleMeterRegistry(), new Tracers(tracer)))) {
      WorkTraces.of(runtime).traceWith(new WorkSpans(runtime));
      var agent = runtime.method(TestRuntime.spec(CallKind.AGENT, "support", "answer"));
      Broker broker =
          Broker.builder(
                  EmbeddedEngine.inProcess(BrokerLimits.DEFAULT, io.gild.core.spi.Clock.SYSTEM))
              .traces(WorkTraces.of(runtime))
              .build();
      broker.subscribe(
          Subscription.of("work", "tasks")
              .withRedelivery(
                  Redelivery.DEFAULT.withDelays(Duration.ofMillis(10), Duration.ofMillis(10))),
          delivery -> {
            agent.call(null, given -> "answer", "question");
            delivered.countDown();
            if (delivery.number() < 3) {
              throw new IllegalStateException("again");
            }
          });
      broker.publish(
          Envelope.builder("tasks", Intent.PUBLISH, A2aMessage.ofUser("work"))
              .traceparent("00-" + TRACE + "-" + PARENT + "-01")
              .build());
      assertThat(delivered.await(20, TimeUnit.SECONDS)).isTrue();
      broker.close();
    }

    List<SpanData> spans =
        exporter.getFinishedSpanItems().stream()
            .filter(span -> span.getName().equals("process work"))
            .toList();
    assertThat(spans).hasSize(3).extracting(SpanData::getParentSpanId).containsOnly(PARENT);
    assertThat(spans.get(0).getLinks()).isEmpty();
    for (SpanData again : spans.subList(1, 3)) {
      assertThat(again.getLinks())
          .singleElement()
          .satisfies(link ->
              assertThat(link.getSpanContext().getSpanId()).isEqualTo(spans.get(0).getSpanId()));
    }
    assertThat(exporter.getFinishedSpanItems())
        .filteredOn(span -> span.getName().equals("invoke_agent support"))
        .extracting(SpanData::getParentSpanId)
        .containsExactlyElementsOf(spans.stream().map(SpanData::getSpanId).toList());
  }
}
