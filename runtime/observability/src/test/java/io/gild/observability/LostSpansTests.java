package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LostSpansTests {

  private static final int QUEUE = 16;
  private static final int BATCH = 8;

  private final LostSpans lost = new LostSpans();

  @Test
  void countsNothingWhileACollectorAcceptsAll() {
    InMemorySpanExporter collector = InMemorySpanExporter.create();
    try (BatchSpanProcessor batches = batches(collector, 1_000)) {
      spans(batches, 500);
      batches.forceFlush().join(10, TimeUnit.SECONDS);

      assertThat(collector.getFinishedSpanItems()).hasSize(500);
      assertThat(lost.failed()).isZero();
      assertThat(lost.overflown()).isZero();
    }
  }

  @Test
  void countsTheSpansOfABatchThatTheCollectorRejects() {
    try (BatchSpanProcessor batches =
        batches(new Collector(CompletableResultCode.ofFailure()), 1_000)) {
      spans(batches, 500);
      batches.forceFlush().join(10, TimeUnit.SECONDS);

      assertThat(lost.failed()).isEqualTo(500);
      assertThat(lost.overflown()).isZero();
    }
  }

  @Test
  void countsWhatAFullQueueRejectsWhileACollectorNeverAnswers() throws Exception {
    CompletableResultCode answer = new CompletableResultCode();
    Collector silent = new Collector(answer);
    try (BatchSpanProcessor batches = batches(silent, QUEUE)) {
      spans(batches, BATCH);
      assertThat(silent.asked.await(10, TimeUnit.SECONDS)).isTrue();
      spans(batches, 1_000);

      assertThat(lost.overflown()).isBetween(1_000L - QUEUE - BATCH, 1_000L - QUEUE);
      long before = lost.overflown();
      answer.succeed();
      batches.forceFlush().join(10, TimeUnit.SECONDS);
      assertThat(lost.overflown()).isEqualTo(before);
      assertThat(lost.failed()).isZero();
    }
  }

  private BatchSpanProcessor batches(SpanExporter collector, int queue) {
    lost.mostWaiting(queue + BATCH);
    return BatchSpanProcessor.builder(new CountedSpans.Exporter(collector, lost))
        .setMaxQueueSize(queue)
        .setMaxExportBatchSize(BATCH)
        .build();
  }

  private void spans(BatchSpanProcessor batches, int count) {
    Tracer tracer =
        new OwnTracer(
            Sampler.alwaysOn(),
            new CountedSpans.Queue(batches, lost),
            Resource.empty(),
            Clock.getDefault());
    for (int i = 0; i < count; i++) {
      tracer.spanBuilder("chat").startSpan().end();
    }
  }

  /** Gives the same answer to each batch. */
  private static final class Collector implements SpanExporter {

    private final CompletableResultCode answer;
    private final CountDownLatch asked = new CountDownLatch(1);

    Collector(CompletableResultCode answer) {
      this.answer = answer;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      asked.countDown();
      return answer;
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
}
