package io.gild.core;

import io.gild.config.Experimental;
import io.gild.core.spi.WorkTracer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Passes the work of modules, such as runs and searches, to the module that traces it: that of the
 * javaagent while one is attached, else that of the runtime. Without one, nothing happens. A
 * failure of the tracer is logged once and changes no work. Thread-safe.
 */
@Experimental
public final class WorkTraces {

  /** Traces nothing. */
  public static final WorkTraces NONE = new WorkTraces(null);

  private static final WorkTracer.Traced UNTRACED = new Untraced();

  private final @Nullable RuntimeScope runtime;
  private volatile @Nullable WorkTracer tracer;

  private WorkTraces(@Nullable RuntimeScope runtime) {
    this.runtime = runtime;
  }

  /**
   * Returns the traces of a runtime.
   *
   * @param runtime the runtime
   * @return its traces
   */
  public static WorkTraces of(RuntimeScope runtime) {
    return runtime.shared(WorkTraces.class, WorkTraces::new);
  }

  /**
   * Returns the traces of the runtime that governs the application's own code.
   *
   * @return those of {@link GildRuntime#global()}
   */
  public static WorkTraces ofApplication() {
    return of(GildRuntime.global());
  }

  /**
   * Sets what traces work from now on.
   *
   * @param given the tracer; replaces the previous one
   */
  public void traceWith(WorkTracer given) {
    tracer = given;
  }

  private @Nullable WorkTracer tracer() {
    boolean attached = runtime != null && !GildRuntime.isReplaced() && Attachment.agent() != null;
    return attached ? AttachedTracer.INSTANCE : tracer;
  }

  /**
   * Begins a span below the current one of the thread.
   *
   * @param work the work
   * @return receives its end, also if it is not traced
   */
  public WorkTracer.Traced begin(TracedWork work) {
    WorkTracer known = tracer();
    try {
      WorkTracer.Traced traced = known == null ? null : known.begin(work);
      return traced == null ? UNTRACED : new Guarded(traced);
    } catch (Throwable fault) {
      GildLog.faultOnce("Tracing " + work.name(), fault);
      return UNTRACED;
    }
  }

  /**
   * Describes the span of the next call that the current thread begins.
   *
   * @param work replaces the name of the span, and adds attributes and a link
   * @return removes the description if no call has begun
   */
  public Runnable next(TracedWork work) {
    WorkTracer known = tracer();
    return known == null ? () -> {} : guarded(() -> known.next(work));
  }

  /**
   * Adds to the span of the innermost call of the current thread.
   *
   * @param attributes texts, whole numbers, fractions and truth values by name
   */
  public void current(Map<String, Object> attributes) {
    WorkTracer known = tracer();
    if (known != null) {
      guard(() -> known.current(attributes));
    }
  }

  /**
   * Returns the context of the current thread, to which later work can be linked.
   *
   * @return names and values in turn; empty if nothing is traced
   */
  public List<String> context() {
    if (runtime == null) {
      return List.of();
    }
    List<String> all = new ArrayList<>(Arrays.asList(TraceHeaders.outgoing(runtime)));
    String[] ofAgent = GildRuntime.isReplaced() ? null : Attachment.outgoing();
    return ofAgent == null ? all : List.of(ofAgent);
  }

  /**
   * Continues on the current thread what another process wrote.
   *
   * @param headers returns the value of a header, or {@code null}
   * @return removes it
   */
  public Runnable continued(Function<String, @Nullable String> headers) {
    if (runtime == null) {
      return () -> {};
    }
    Runnable own = TraceHeaders.incoming(runtime, headers);
    Runnable ofAgent =
        GildRuntime.isReplaced()
            ? null
            : Attachment.incoming(name -> name == null ? null : headers.apply(name));
    return () -> {
      own.run();
      if (ofAgent != null) {
        ofAgent.run();
      }
    };
  }

  private static void guard(Runnable step) {
    try {
      step.run();
    } catch (Throwable fault) {
      GildLog.faultOnce("Tracing work", fault);
    }
  }

  /** Returns what undoes a step, and does nothing if the step failed. */
  private static Runnable guarded(Supplier<Runnable> step) {
    try {
      Runnable undo = step.get();
      return () -> guard(undo);
    } catch (Throwable fault) {
      GildLog.faultOnce("Tracing work", fault);
      return () -> {};
    }
  }

  /** Keeps the failures of a tracer from the work. */
  private record Guarded(WorkTracer.Traced traced) implements WorkTracer.Traced {

    @Override
    public Runnable enter() {
      return guarded(traced::enter);
    }

    @Override
    public void add(Map<String, Object> attributes) {
      guard(() -> traced.add(attributes));
    }

    @Override
    public void event(String name, Map<String, Object> attributes) {
      guard(() -> traced.event(name, attributes));
    }

    @Override
    public void ended(@Nullable String errorType) {
      guard(() -> traced.ended(errorType));
    }
  }

  private static final class Untraced implements WorkTracer.Traced {

    @Override
    public Runnable enter() {
      return () -> {};
    }

    @Override
    public void add(Map<String, Object> attributes) {}

    @Override
    public void event(String name, Map<String, Object> attributes) {}

    @Override
    public void ended(@Nullable String errorType) {}
  }
}
