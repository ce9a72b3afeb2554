package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Json;
import io.gild.config.Usage;
import io.gild.core.spi.EffectJournal;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Observes what an application's own work does: with the application's runtime, and with that of
 * the javaagent if one is attached. Thread-safe.
 */
@Experimental
public final class WorkProbe {

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

  private WorkProbe() {}

  /**
   * Runs work on this thread.
   *
   * @param agent name of the agent that works
   * @param fresh whether no cache may answer inside of it
   * @param effects keeps the side effects of the work, or {@code null}
   * @param seen receives what was seen, even if the work throws
   * @param work the work
   * @param <T> type of its result
   * @return its result
   * @throws Exception what the work threw
   */
  public static <T extends @Nullable Object> T run(
      String agent,
      boolean fresh,
      @Nullable EffectJournal effects,
      Consumer<CallProbe.Seen> seen,
      Callable<T> work)
      throws Exception {
    CallProbe.Opened own = Installed.OWN.open(agent, fresh);
    if (effects != null) {
      own.effects(effects);
    }
    UnaryOperator<Object> attached = attached();
    Object watch = attached == null ? null : attached.apply(fresh ? agent : List.of(agent));
    try {
      return work.call();
    } finally {
      CallProbe.Seen foreign =
          attached == null || watch == null ? CallProbe.Seen.NOTHING : read(attached.apply(watch));
      seen.accept(own.close().plus(foreign));
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

  private static CallProbe.Seen read(@Nullable Object answer) {
    if (!(answer instanceof Map<?, ?> plain)) {
      return CallProbe.Seen.NOTHING;
    }
    return new CallProbe.Seen(
        number(plain, "nanoUsd").longValue(),
        Usage.of(
            number(plain, "inputTokens").longValue(), number(plain, "outputTokens").longValue()),
        number(plain, "attempts").intValue(),
        number(plain, "requests").intValue(),
        Boolean.TRUE.equals(plain.get("measured")),
        !Boolean.FALSE.equals(plain.get("priced")),
        Boolean.TRUE.equals(plain.get("toolsSeen")),
        tools(String.valueOf(plain.get("tools"))));
  }

  private static Number number(Map<?, ?> plain, String name) {
    return plain.get(name) instanceof Number number ? number : 0;
  }

  private static List<CallProbe.Tool> tools(String json) {
    List<CallProbe.Tool> tools = new ArrayList<>();
    if (Json.read(json) instanceof List<?> list) {
      for (Object item : list) {
        Map<?, ?> tool = (Map<?, ?>) item;
        tools.add(
            new CallProbe.Tool(String.valueOf(tool.get("name")), arguments(tool.get("arguments"))));
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
