package io.gild.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Agents as the console's interface has them. */
final class AgentJson {

  private static final long WINDOWS_PER_DAY = 86_400_000 / AgentActivity.WINDOW_MILLIS;
  private static final double P50 = 0.5;
  private static final double P95 = 0.95;
  private static final double P99 = 0.99;

  private AgentJson() {}

  static Map<String, @Nullable Object> row(
      String jvm,
      String agent,
      AgentTable.Totals total,
      AgentActivity activity,
      AgentControls controls,
      long now) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("key", jvm + "/" + agent);
    row.put("jvm", jvm);
    row.put("agent", agent);
    row.put("methods", total.methods);
    row.put("versions", new ArrayList<>(total.versions));
    row.put("callsPerSecond", activity.callsPerSecond());
    row.put("calls", total.started);
    row.put("running", total.active);
    row.put("succeeded", total.succeeded);
    row.put("failed", total.failed);
    row.put("refused", total.refused);
    row.put("cancelled", total.cancelled);
    long judged = total.succeeded + total.failed;
    row.put("successShare", judged == 0 ? null : Math.round(total.succeeded * 1e6 / judged) / 1e6);
    long[] durations = activity.recent(now);
    row.put("p50Micros", AgentActivity.quantile(durations, P50));
    row.put("p95Micros", AgentActivity.quantile(durations, P95));
    row.put("p99Micros", AgentActivity.quantile(durations, P99));
    row.put("costUsd", CallJson.usd(total.nanoUsd));
    row.put(
        "costPerDayUsd",
        activity.callsPerSecond() == 0
            ? null
            : CallJson.usd(activity.windowNanoUsd() * WINDOWS_PER_DAY));
    row.put("priced", total.unpriced == 0);
    row.put("savedUsd", saved(total, activity));
    row.put("inputTokens", total.usage.inputTokens());
    row.put("outputTokens", total.usage.outputTokens());
    row.put("models", new ArrayList<>(total.models));
    Map<String, Object> breakers = new LinkedHashMap<>();
    breakers.put("closed", controls.closed());
    breakers.put("open", controls.open());
    breakers.put("halfOpen", controls.halfOpen());
    row.put("breakers", breakers);
    row.put("budget", controls.budget());
    row.put("rollout", controls.rollout());
    row.put("flags", controls.flags());
    row.put("lastError", activity.lastError());
    row.put("lastCall", activity.lastEnd() == 0 ? null : activity.lastEnd());
    row.put("sparkline", activity.sparkline());
    return row;
  }

  private static Map<String, Object> saved(AgentTable.Totals total, AgentActivity activity) {
    Map<String, Object> saved = new LinkedHashMap<>();
    saved.put("cache", CallJson.usd(total.cacheAnswers * activity.meanNanoUsd()));
    saved.put("routing", CallJson.usd(activity.routedNanoUsd()));
    return saved;
  }
}
