package io.gild.core;

import io.gild.core.spi.WorkTracer;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Passes work to the tracer of the attached javaagent, in types of the JDK. Thread-safe. */
final class AttachedTracer implements WorkTracer {

  static final AttachedTracer INSTANCE = new AttachedTracer();

  private AttachedTracer() {}

  @Override
  @SuppressWarnings("unchecked") // the agent's copy of this package returns it
  public @Nullable Traced begin(TracedWork work) {
    return Attachment.trace(AgentTraces.BEGIN, work.toPlain()) instanceof UnaryOperator<?> span
        ? new Span((UnaryOperator<@Nullable Object>) span)
        : null;
  }

  @Override
  public Runnable next(TracedWork work) {
    return Attachment.trace(AgentTraces.NEXT, work.toPlain()) instanceof Runnable remove
        ? remove
        : () -> {};
  }

  @Override
  public void current(Map<String, Object> attributes) {
    Attachment.trace(AgentTraces.CURRENT, attributes);
  }

  /** A span of the agent. */
  private record Span(UnaryOperator<@Nullable Object> commands) implements Traced {

    private @Nullable Object send(Object command) {
      return commands.apply(command);
    }

    @Override
    public Runnable enter() {
      return send(AgentTraces.ENTER) instanceof Runnable remove ? remove : () -> {};
    }

    @Override
    public void add(Map<String, Object> attributes) {
      send(attributes);
    }

    @Override
    public void event(String name, Map<String, Object> attributes) {
      send(new Object[] {name, attributes});
    }

    @Override
    public void ended(@Nullable String errorType) {
      send(new @Nullable Object[] {errorType});
    }
  }
}
