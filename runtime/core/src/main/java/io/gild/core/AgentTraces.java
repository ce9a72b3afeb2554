package io.gild.core;

import io.gild.config.Experimental;
import io.gild.core.spi.WorkTracer;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Traces the work of an application in the runtime of the attached javaagent. */
@Experimental
public final class AgentTraces {

  static final String BEGIN = "begin";
  static final String NEXT = "next";
  static final String CURRENT = "current";
  static final String ENTER = "enter";

  private AgentTraces() {}

  /**
   * Does what the application's copy of Gild asks for.
   *
   * @param runtime the agent's runtime
   * @param command what to do
   * @param given work or attributes in types of the JDK
   * @return what the application's copy expects; {@code null} for nothing
   */
  public static @Nullable Object trace(RuntimeScope runtime, String command, Object given) {
    WorkTraces traces = WorkTraces.of(runtime);
    if (command.equals(CURRENT) && given instanceof Map<?, ?> attributes) {
      traces.current(TracedWork.attributes(attributes));
      return null;
    }
    TracedWork work = TracedWork.ofPlain(given);
    if (work == null) {
      return null;
    }
    return switch (command) {
      case NEXT -> traces.next(work);
      case BEGIN -> commands(traces.begin(work));
      default -> null;
    };
  }

  private static UnaryOperator<@Nullable Object> commands(WorkTracer.Traced traced) {
    return command -> {
      if (ENTER.equals(command)) {
        return traced.enter();
      }
      if (command instanceof Map<?, ?> attributes) {
        traced.add(TracedWork.attributes(attributes));
      } else if (command instanceof Object[] parts && parts.length == 1) {
        traced.ended(parts[0] == null ? null : String.valueOf(parts[0]));
      } else if (command instanceof Object[] parts
          && parts.length == 2
          && parts[1] instanceof Map<?, ?> attributes) {
        traced.event(String.valueOf(parts[0]), TracedWork.attributes(attributes));
      }
      return null;
    };
  }
}
