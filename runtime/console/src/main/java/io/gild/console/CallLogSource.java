package io.gild.console;

import io.gild.config.PriceTable;
import io.gild.config.Settings;
import io.gild.config.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A recorded call log; it is read again when the file changes. Thread-safe. */
final class CallLogSource implements ConsoleSource {

  private static final int UPDATE_MILLIS = 1_000;
  private static final int MOST_SPANS = 30_000;

  private final Path file;
  private final String jvm;
  private final PriceTable prices = PriceTable.of(Settings.defaults());
  private CallLogRows rows;
  private @Nullable FileTime read;
  private long size;
  private boolean reachable = true;

  CallLogSource(Path file) throws IOException {
    this.file = file;
    this.jvm = String.valueOf(file.getFileName());
    this.rows = CallLogRows.read(file);
    this.read = Files.getLastModifiedTime(file);
    this.size = Files.size(file);
  }

  private synchronized CallLogRows rows() {
    try {
      FileTime changed = Files.getLastModifiedTime(file);
      if (!changed.equals(read) || Files.size(file) != size) {
        rows = CallLogRows.read(file);
        read = changed;
        size = Files.size(file);
      }
      reachable = true;
    } catch (IOException gone) {
      reachable = false;
    }
    return rows;
  }

  @Override
  public Map<String, @Nullable Object> state() {
    CallLogRows present = rows();
    List<Map<String, @Nullable Object>> agents = agents(present);
    Map<String, @Nullable Object> agentRows = new LinkedHashMap<>();
    agentRows.put("shown", agents.size());
    agentRows.put("matched", agents.size());
    agentRows.put("rows", agents);
    Map<String, @Nullable Object> state = new LinkedHashMap<>();
    state.put("time", System.currentTimeMillis());
    state.put("gild", JvmSource.version());
    state.put("readOnly", true);
    state.put("contentCaptured", false);
    state.put("updateMillis", UPDATE_MILLIS);
    state.put("jvms", List.of(row(present)));
    state.put("agents", agentRows);
    state.put("controls", List.of());
    state.put("rollouts", List.of());
    state.put("flags", List.of());
    return state;
  }

  private synchronized Map<String, @Nullable Object> row(CallLogRows present) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("jvm", jvm);
    row.put("name", jvm);
    row.put("reachable", reachable);
    row.put("started", present.rows().isEmpty() ? null : present.rows().get(0).startMillis());
    Map<String, @Nullable Object> kept = new LinkedHashMap<>();
    kept.put("calls", present.capacity());
    kept.put("held", present.held());
    kept.put("overwritten", present.overwritten());
    row.put("recording", kept);
    row.put(
        "lost",
        List.of(
            lost("lines", "not a call of Gild's call log", present.unreadable()),
            lost("lines", "lost when the log was written", present.gaps().lost()),
            lost("calls", "left out by sampling, estimated", present.gaps().sampledOut())));
    row.put("file", file.toString());
    return row;
  }

  private static Map<String, @Nullable Object> lost(String what, String reason, long count) {
    Map<String, @Nullable Object> lost = new LinkedHashMap<>();
    lost.put("what", what);
    lost.put("reason", reason);
    lost.put("count", count);
    return lost;
  }

  private List<Map<String, @Nullable Object>> agents(CallLogRows present) {
    Map<String, AgentTable.Totals> totals = new TreeMap<>();
    Map<String, AgentActivity> activities = new TreeMap<>();
    long last = 0;
    for (CallRow call : present.rows()) {
      if (call.parent == 0) {
        add(totals.computeIfAbsent(call.agent, absent -> new AgentTable.Totals()), call);
        activities.computeIfAbsent(call.agent, absent -> new AgentActivity()).add(call);
        last = Math.max(last, call.endMillis);
      }
    }
    List<Map<String, @Nullable Object>> rowsByAgent = new ArrayList<>();
    for (Map.Entry<String, AgentTable.Totals> each : totals.entrySet()) {
      AgentActivity activity = activities.getOrDefault(each.getKey(), new AgentActivity());
      activity.turnTo(last);
      rowsByAgent.add(
          AgentJson.row(jvm, each.getKey(), each.getValue(), activity, AgentControls.NONE, last));
    }
    return rowsByAgent;
  }

  private static void add(AgentTable.Totals total, CallRow call) {
    total.started++;
    switch (call.outcome) {
      case SUCCESS -> total.succeeded++;
      case REFUSED -> total.refused++;
      case CANCELLED -> total.cancelled++;
      default -> total.failed++;
    }
    total.methods = 1;
    total.cacheAnswers += call.cache != null && !call.cache.equals("miss") ? 1 : 0;
    total.nanoUsd += call.nanoUsd;
    total.usage = total.usage.plus(Usage.of(call.inputTokens, call.outputTokens));
    if (call.model != null) {
      total.models.add(call.model);
    }
    if (!call.version.isEmpty()) {
      total.versions.add(call.version);
    }
  }

  @Override
  public Tail tail() {
    long[] seen = {rows().held() + rows().overwritten()};
    return most -> {
      CallLogRows present = rows();
      List<Map<String, @Nullable Object>> added = new ArrayList<>();
      present.newestFirst(row -> {
        if (row.number > seen[0] && row.isOutermost() && added.size() < most) {
          added.add(0, CallJson.call(row, jvm));
        }
        return row.number > seen[0];
      });
      seen[0] = present.held() + present.overwritten();
      return new NewCalls(added, 0);
    };
  }

  @Override
  public Map<String, @Nullable Object> calls(Query query) {
    return CallList.of(rows(), query, jvm);
  }

  private @Nullable CallTree tree(String jvmId, String id) {
    return jvmId.equals(jvm) ? CallTree.read(rows(), CallIds.parse(id)) : null;
  }

  @Override
  public @Nullable Map<String, @Nullable Object> tree(String jvmId, String id, Query query) {
    CallTree tree = tree(jvmId, id);
    return tree == null ? null : tree.columns(jvm, MOST_SPANS);
  }

  @Override
  public @Nullable Map<String, @Nullable Object> span(String jvmId, String id, String span) {
    return SpanJson.of(tree(jvmId, id), span, prices, row -> false);
  }

  @Override
  public @Nullable Map<String, @Nullable Object> content(String jvmId, String id, String span) {
    CallTree tree = tree(jvmId, id);
    return tree == null || tree.span(CallIds.parse(span)) == null
        ? null
        : ContentJson.without("A call log has neither prompts nor answers.");
  }

  @Override
  public Map<String, @Nullable Object> cost(Query query) {
    return CostTable.of(rows(), query, jvm, prices);
  }

  @Override
  public Map<String, @Nullable Object> golden() {
    return MergedSource.object("runs", List.of(), "where", file + " has calls alone");
  }

  @Override
  public Map<String, @Nullable Object> policies() {
    return MergedSource.object("methods", List.of());
  }

  @Override
  public String operate(String control, String action, String who) {
    throw new Query.BadRequest("a recorded call log cannot be operated");
  }

  @Override
  public boolean allowsActions() {
    return false;
  }

  @Override
  public int updateMillis() {
    return UPDATE_MILLIS;
  }
}
