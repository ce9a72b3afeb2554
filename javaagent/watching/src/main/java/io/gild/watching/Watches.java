package io.gild.watching;

import io.gild.config.Json;
import io.gild.core.CallProbe;
import io.gild.core.GildRuntime;
import io.gild.weaver.LazyRuntime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Lets the application watch its own threads; the result uses only types of the JDK. */
public final class Watches implements UnaryOperator<@Nullable Object> {

  private final LazyRuntime runtime;
  private @Nullable CallProbe probe;

  /** Creates the watches of the calls of a runtime. */
  public Watches(LazyRuntime runtime) {
    this.runtime = runtime;
  }

  /**
   * Begins a watch for the agent of a name, or ends the watch that it is given. A name in a list
   * begins a watch in which caches may answer.
   */
  @Override
  public @Nullable Object apply(@Nullable Object agentOrWatch) {
    if (agentOrWatch instanceof CallProbe.Opened opened) {
      return plain(opened.close());
    }
    CallProbe known = probe();
    if (known == null) {
      return null;
    }
    return agentOrWatch instanceof List<?> names
        ? known.open(String.valueOf(names.get(0)), false)
        : known.open(String.valueOf(agentOrWatch), true);
  }

  private synchronized @Nullable CallProbe probe() {
    GildRuntime known = probe == null ? runtime.get() : null;
    if (known != null) {
      probe = new CallProbe(known);
    }
    return probe;
  }

  private static Map<String, Object> plain(CallProbe.Seen seen) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("nanoUsd", seen.nanoUsd());
    plain.put("inputTokens", seen.usage().inputTokens());
    plain.put("outputTokens", seen.usage().outputTokens());
    plain.put("attempts", seen.attempts());
    plain.put("requests", seen.requests());
    plain.put("measured", seen.measured());
    plain.put("priced", seen.priced());
    plain.put("toolsSeen", seen.toolsSeen());
    List<Map<String, @Nullable Object>> tools = new ArrayList<>();
    for (CallProbe.Tool tool : seen.tools()) {
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("name", tool.name());
      entry.put("arguments", tool.arguments());
      tools.add(entry);
    }
    plain.put("tools", Json.write(tools));
    return plain;
  }
}
