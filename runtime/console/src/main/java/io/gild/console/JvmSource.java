package io.gild.console;

import io.gild.config.PriceTable;
import io.gild.core.GildRuntime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** The JVM that the console runs in. Thread-safe. */
final class JvmSource implements ConsoleSource {

  private static final int UPDATE_MILLIS = 250;
  private static final int MOST_SPANS = 30_000;

  private final GildRuntime runtime;
  private final JvmIdentity jvm;
  private final Recording recording;
  private final RunningCalls running;
  private final KeptContent kept;
  private final AgentTable agents;
  private final ControlTable controls;
  private final boolean actions;
  private final IntSupplier clients;

  JvmSource(
      GildRuntime runtime,
      JvmIdentity jvm,
      CallRecorder recorder,
      RunningCalls running,
      KeptContent kept,
      boolean actions,
      IntSupplier clients) {
    this.runtime = runtime;
    this.jvm = jvm;
    this.running = running;
    this.kept = kept;
    this.recording = new Recording(recorder, running);
    this.agents = new AgentTable(runtime, recorder.ring(), jvm.id());
    this.controls = new ControlTable(runtime, jvm.id(), actions);
    this.actions = actions;
    this.clients = clients;
  }

  @Override
  public Map<String, @Nullable Object> state() {
    ControlTable.Reading reading = controls.read();
    List<Map<String, @Nullable Object>> rows = agents.rows(reading.byAgent());
    Map<String, @Nullable Object> agentRows = new LinkedHashMap<>();
    agentRows.put("shown", rows.size());
    agentRows.put("matched", rows.size());
    agentRows.put("rows", rows);
    Map<String, @Nullable Object> state = new LinkedHashMap<>();
    state.put("time", runtime.clock().millis());
    state.put("gild", version());
    state.put("readOnly", !actions);
    state.put("contentCaptured", kept.captured() > 0);
    state.put("updateMillis", UPDATE_MILLIS);
    state.put("jvms", List.of(jvmRow()));
    state.put("agents", agentRows);
    state.put("controls", reading.controls());
    state.put("rollouts", reading.rollouts());
    state.put("flags", reading.flags());
    return state;
  }

  @Override
  public Tail tail() {
    CallRing ring = recording.ring();
    long[] read = {ring.last()};
    return most -> {
      List<Map<String, @Nullable Object>> rows = new ArrayList<>();
      CallRow row = new CallRow();
      long skipped = Math.max(0, ring.first() - read[0] - 1);
      long last = ring.last();
      for (long number = last; number > Math.max(read[0], ring.first() - 1); number--) {
        if (ring.read(number, row) && row.isOutermost()) {
          if (rows.size() < most) {
            rows.add(0, CallJson.call(row, jvm.id()));
          } else {
            skipped++;
          }
        }
      }
      read[0] = last;
      return new NewCalls(rows, skipped);
    };
  }

  static String version() {
    String version = JvmSource.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private Map<String, @Nullable Object> jvmRow() {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("jvm", jvm.id());
    row.put("name", jvm.name());
    row.put("pid", jvm.pid());
    row.put("java", System.getProperty("java.version"));
    row.put("started", jvm.started());
    row.put("mode", ControlTable.word(runtime.mode()));
    row.put("reachable", true);
    row.put("clients", clients.getAsInt());
    Map<String, @Nullable Object> kept = new LinkedHashMap<>();
    kept.put("calls", recording.capacity());
    kept.put("held", recording.held());
    kept.put("overwritten", recording.overwritten());
    row.put("recording", kept);
    row.put(
        "lost",
        List.of(
            lost("overwritten", recording.overwritten()),
            lost("written at the same time", recording.dropped())));
    row.put("file", null);
    return row;
  }

  private static Map<String, @Nullable Object> lost(String reason, long count) {
    Map<String, @Nullable Object> lost = new LinkedHashMap<>();
    lost.put("what", "calls");
    lost.put("reason", reason);
    lost.put("count", count);
    return lost;
  }

  @Override
  public Map<String, @Nullable Object> calls(Query query) {
    return CallList.of(recording, query, jvm.id());
  }

  @Override
  public @Nullable Map<String, @Nullable Object> tree(String jvmId, String id, Query query) {
    CallTree tree = tree(jvmId, id);
    int most = (int) Math.max(1, Math.min(MOST_SPANS, query.number("limit", MOST_SPANS)));
    return tree == null ? null : tree.columns(jvm.id(), most);
  }

  private @Nullable CallTree tree(String jvmId, String id) {
    return jvmId.equals(jvm.id()) ? CallTree.read(recording, CallIds.parse(id)) : null;
  }

  @Override
  public @Nullable Map<String, @Nullable Object> span(String jvmId, String id, String span) {
    return SpanJson.of(
        tree(jvmId, id),
        span,
        PriceTable.of(runtime.settings()),
        row -> kept.of(row.number) != null);
  }

  @Override
  public @Nullable Map<String, @Nullable Object> content(String jvmId, String id, String span) {
    CallTree tree = tree(jvmId, id);
    CallRow row = tree == null ? null : tree.span(CallIds.parse(span));
    return row == null ? null : ContentJson.of(kept, row);
  }

  @Override
  public Map<String, @Nullable Object> cost(Query query) {
    return CostTable.of(recording, query, jvm.id(), PriceTable.of(runtime.settings()));
  }

  @Override
  public Map<String, @Nullable Object> golden() {
    return GoldenRuns.of(runtime.settings().data());
  }

  @Override
  public Map<String, @Nullable Object> policies() {
    return PolicyTable.of(runtime, jvm.id());
  }

  @Override
  public String operate(String control, String action, String who) throws IOException {
    ControlTable.Target target = controls.target(control, action);
    ActionLog.write(runtime, control, action, who);
    return target.operate();
  }

  @Override
  public boolean allowsActions() {
    return actions;
  }

  @Override
  public int updateMillis() {
    return UPDATE_MILLIS;
  }

  @Override
  public void watched(boolean isWatched) {
    if (isWatched) {
      running.watch();
    } else {
      running.rest();
    }
  }
}
