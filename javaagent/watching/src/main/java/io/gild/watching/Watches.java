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

/** Lets the application ask what its own threads did; the answer is made of the JDK's types. */
public final class Watches implements UnaryOperator<@Nullable Object> {

  private final LazyRuntime runtime;
  private @Nullable CallProbe probe;

  /** Creates the watches of what a runtime governs. */
  public Watches(LazyRuntime runtime) {
    this.runtime = runtime;
  }

  /** Begins a watch for the agent of a name, or ends the watch that it is given. */
  @Override
  public @Nullable Object apply(@Nullable Object agentOrWatch) {
    if (agentOrWatch instanceof CallProbe.Opened opened) {
      return told(opened.close());
    }
    CallProbe known = probe();
    return known == null ? null : known.open(String.valueOf(agentOrWatch));
  }

  private synchronized @Nullable CallProbe probe() {
    GildRuntime known = probe == null ? runtime.get() : null;
    if (known != null) {
      probe = new CallProbe(known);
    }
    return probe;
  }

  private static Map<String, Object> told(CallProbe.Seen seen) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("nanoUsd", seen.nanoUsd());
    told.put("inputTokens", seen.usage().inputTokens());
    told.put("outputTokens", seen.usage().outputTokens());
    told.put("attempts", seen.attempts());
    told.put("requests", seen.requests());
    told.put("measured", seen.measured());
    told.put("priced", seen.priced());
    told.put("toolsSeen", seen.toolsSeen());
    List<Map<String, @Nullable Object>> tools = new ArrayList<>();
    for (CallProbe.Tool tool : seen.tools()) {
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("name", tool.name());
      entry.put("arguments", tool.arguments());
      tools.add(entry);
    }
    told.put("tools", Json.write(tools));
    return told;
  }
}
