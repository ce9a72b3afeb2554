package io.gild.evaluation;

import io.gild.config.Json;
import io.gild.core.CallProbe;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.evaluation.spi.ToolCall;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Observes what an agent does while it answers: with this application's own runtime, and with that
 * of the javaagent if one is attached.
 */
final class Probes {

  private static final class Installed {
    static final CallProbe OWN = new CallProbe(GildRuntime.global());
    static final @Nullable Field ATTACHED = attached();

    private static @Nullable Field attached() {
      try {
        return Class.forName("java.lang.GildBridge").getField("watch");
      } catch (ReflectiveOperationException none) {
        return null;
      }
    }
  }

  private Probes() {}

  /**
   * Runs something on this thread.
   *
   * @param seen receives what was seen, even if the body throws
   * @return the result of the body
   * @throws Exception the exception of the body
   */
  static <T> T run(String agent, Callable<T> body, Measured[] seen) throws Exception {
    CallProbe.Opened own = Installed.OWN.open(agent);
    UnaryOperator<Object> attached = attached();
    Object watch = attached == null ? null : attached.apply(agent);
    try {
      return body.call();
    } finally {
      Measured foreign =
          attached == null || watch == null ? Measured.NOTHING : measured(attached.apply(watch));
      seen[0] = own(own.close()).plus(foreign);
    }
  }

  @SuppressWarnings("unchecked") // so it is declared
  private static @Nullable UnaryOperator<Object> attached() {
    Field field = Installed.ATTACHED;
    try {
      return field == null ? null : (UnaryOperator<Object>) field.get(null);
    } catch (IllegalAccessException | RuntimeException fault) {
      GildLog.faultOnce("Asking the javaagent", fault);
      return null;
    }
  }

  private static Measured own(CallProbe.Seen seen) {
    return new Measured(
        BigDecimal.valueOf(seen.nanoUsd(), 9),
        seen.usage().inputTokens(),
        seen.usage().outputTokens(),
        seen.attempts(),
        seen.requests(),
        seen.tools().stream().map(tool -> new ToolCall(tool.name(), tool.arguments())).toList(),
        seen.measured(),
        seen.priced(),
        seen.toolsSeen());
  }

  private static Measured measured(@Nullable Object answer) {
    if (!(answer instanceof Map<?, ?> plain)) {
      return Measured.NOTHING;
    }
    return new Measured(
        BigDecimal.valueOf(number(plain, "nanoUsd").longValue(), 9),
        number(plain, "inputTokens").longValue(),
        number(plain, "outputTokens").longValue(),
        number(plain, "attempts").intValue(),
        number(plain, "requests").intValue(),
        tools(String.valueOf(plain.get("tools"))),
        Boolean.TRUE.equals(plain.get("measured")),
        !Boolean.FALSE.equals(plain.get("priced")),
        Boolean.TRUE.equals(plain.get("toolsSeen")));
  }

  private static Number number(Map<?, ?> plain, String name) {
    return plain.get(name) instanceof Number number ? number : 0;
  }

  private static List<ToolCall> tools(String json) {
    List<ToolCall> tools = new ArrayList<>();
    if (Json.read(json) instanceof List<?> list) {
      for (Object item : list) {
        Map<?, ?> tool = (Map<?, ?>) item;
        tools.add(new ToolCall(String.valueOf(tool.get("name")), arguments(tool.get("arguments"))));
      }
    }
    return tools;
  }

  private static @Nullable Map<String, @Nullable Object> arguments(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return null;
    }
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    map.forEach((name, argument) -> arguments.put(String.valueOf(name), argument));
    return arguments;
  }
}
