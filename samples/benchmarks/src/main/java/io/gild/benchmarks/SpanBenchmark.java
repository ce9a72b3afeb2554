package io.gild.benchmarks;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A call with a span of the application's own OpenTelemetry, which exports nothing. */
public class SpanBenchmark extends BenchmarkState {

  /** An application with its own SDK, and an agent without a reference to Gild. */
  @State(Scope.Thread)
  public static class Application {
    final EchoAgent agent = new EchoAgent();

    /** Registers the SDK. */
    @Setup
    public void register() {
      GlobalOpenTelemetry.set(sdk());
    }
  }

  /** An application that creates its spans by hand. */
  @State(Scope.Thread)
  public static class ByHand {
    final HandWritten agent = new HandWritten(true, Questions.CACHE_SIZE, sdk());
  }

  private static OpenTelemetrySdk sdk() {
    return OpenTelemetrySdk.builder()
        .setTracerProvider(SdkTracerProvider.builder().addSpanProcessor(new Sink()).build())
        .build();
  }

  /** Woven. */
  @Benchmark
  public String woven(Application side) {
    return side.agent.answer(question);
  }

  /** The same attributes and meters by hand. */
  @Benchmark
  public String byHand(ByHand side) {
    return side.agent.traced(question);
  }

  /** Drops spans; without a processor the SDK would create none. */
  private static final class Sink implements SpanProcessor {

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
      return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
      return true;
    }
  }
}
