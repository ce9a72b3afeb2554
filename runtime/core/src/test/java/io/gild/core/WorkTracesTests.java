package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import io.gild.core.spi.WorkTracer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkTracesTests {

  private final GildRuntime runtime =
      GildRuntime.builder().settings(Settings.builder().build()).build();

  @AfterEach
  void close() {
    runtime.close();
  }

  private static IllegalStateException broken() {
    return new IllegalStateException("broken");
  }

  /** Fails in each method. */
  private static final class Faulty implements WorkTracer, WorkTracer.Traced {

    private final boolean begins;
    private int asked;

    Faulty(boolean begins) {
      this.begins = begins;
    }

    @Override
    public @Nullable Traced begin(TracedWork work) {
      asked++;
      if (begins) {
        return this;
      }
      throw broken();
    }

    @Override
    public Runnable next(TracedWork work) {
      asked++;
      throw broken();
    }

    @Override
    public void current(Map<String, Object> attributes) {
      asked++;
      throw broken();
    }

    @Override
    public Runnable enter() {
      asked++;
      return () -> {
        asked++;
        throw broken();
      };
    }

    @Override
    public void add(Map<String, Object> attributes) {
      asked++;
      throw broken();
    }

    @Override
    public void event(String name, Map<String, Object> attributes) {
      asked++;
      throw broken();
    }

    @Override
    public void ended(@Nullable String errorType) {
      asked++;
      throw broken();
    }
  }

  private static void use(WorkTraces traces) {
    TracedWork work = TracedWork.of("work", Map.of());
    WorkTracer.Traced traced = traces.begin(work);
    Runnable leave = traced.enter();
    traced.add(Map.of("found", 1L));
    traced.event("checked", Map.of());
    leave.run();
    traced.ended(null);
    traces.next(work).run();
    traces.current(Map.of("found", 1L));
  }

  @Test
  void keepFailuresOfTheTracerFromTheWork() {
    WorkTraces traces = WorkTraces.of(runtime);
    Faulty beginning = new Faulty(true);
    traces.traceWith(beginning);
    use(traces);
    assertThat(beginning.asked).isEqualTo(8);

    Faulty not = new Faulty(false);
    traces.traceWith(not);
    use(traces);
    assertThat(not.asked).isEqualTo(3);
  }

  @Test
  void doNothingWithoutATracer() {
    use(WorkTraces.of(runtime));
    use(WorkTraces.NONE);
    assertThat(WorkTraces.NONE.context()).isEqualTo(List.of());
  }
}
