package io.gild.console;

import io.gild.config.Usage;
import io.gild.core.CallKind;
import io.gild.core.Counts;
import io.gild.core.Ledger;
import io.gild.core.MethodTotals;
import io.gild.core.RuntimeScope;
import io.gild.core.Tier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One row for each agent, from the counters of the runtime and the recording. It reads only what is
 * new, and makes new rows only for agents whose numbers changed. Thread-safe.
 */
final class AgentTable {

  /** What the counters of one agent's methods add up to. */
  static final class Totals {
    long started;
    long succeeded;
    long failed;
    long refused;
    long cancelled;
    long active;
    long cacheAnswers;
    long nanoUsd;
    long unpriced;
    Usage usage = Usage.NONE;
    int methods;
    final TreeSet<String> versions = new TreeSet<>();
    final TreeSet<String> models = new TreeSet<>();

    long signature() {
      long mixed = started;
      for (long each :
          new long[] {
            succeeded,
            failed,
            refused,
            cancelled,
            active,
            cacheAnswers,
            nanoUsd,
            unpriced,
            usage.hashCode(),
            methods,
            versions.hashCode(),
            models.hashCode()
          }) {
        mixed = mixed * 31 + each;
      }
      return mixed;
    }
  }

  private record Made(long signature, Object around, Map<String, @Nullable Object> row) {}

  private final RuntimeScope runtime;
  private final CallRing ring;
  private final String jvm;
  private final Map<String, AgentActivity> activities = new HashMap<>();
  private final Map<String, Made> made = new HashMap<>();
  private long read;

  AgentTable(RuntimeScope runtime, CallRing ring, String jvm) {
    this.runtime = runtime;
    this.ring = ring;
    this.jvm = jvm;
  }

  /** Returns the rows by agent; the same objects as before for agents of which nothing changed. */
  synchronized List<Map<String, @Nullable Object>> rows(Map<String, AgentControls> controls) {
    readNew();
    long now = runtime.clock().millis();
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    Map<String, Totals> totals = totals();
    totals.forEach((agent, total) -> rows.add(row(agent, total, controls.get(agent), now)));
    made.keySet().retainAll(totals.keySet());
    return rows;
  }

  private void readNew() {
    CallRow row = new CallRow();
    long last = ring.last();
    String dearest = dearestModel();
    for (long number = Math.max(read + 1, ring.first()); number <= last; number++) {
      if (ring.read(number, row) && isAgents(row)) {
        AgentActivity activity =
            activities.computeIfAbsent(row.agent, absent -> new AgentActivity());
        activity.add(row);
        if (row.firstModel != null && dearest != null && row.nanoUsd > 0) {
          long otherwise = runtime.price(dearest, Usage.of(row.inputTokens, row.outputTokens));
          activity.addRouted(Math.max(0, otherwise - row.nanoUsd));
        }
      }
    }
    read = last;
  }

  private static boolean isAgents(CallRow row) {
    return row.kind == CallRow.Kind.AGENT
        || row.parent == 0
            && (row.kind == CallRow.Kind.MODEL || row.kind == CallRow.Kind.EMBEDDING);
  }

  /** Returns the model of the last tier: what calls would cost without routing. */
  private @Nullable String dearestModel() {
    String last = null;
    for (Tier tier : runtime.settings().get(Tier.SECTION).values()) {
      last = tier.available() ? tier.model() : last;
    }
    return last;
  }

  private Map<String, Totals> totals() {
    Map<String, Totals> all = new TreeMap<>();
    for (MethodTotals method : runtime.totals()) {
      CallKind kind = method.spec().kind();
      Counts counts = method.counts();
      boolean agents =
          kind == CallKind.AGENT || kind.isModel() && counts.get(Counts.Event.OUTERMOST_MODEL) > 0;
      if (agents) {
        add(all.computeIfAbsent(method.spec().agent(), absent -> new Totals()), method, counts);
      }
    }
    for (Ledger.Line line : runtime.ledger().lines()) {
      Totals total = all.get(line.agent());
      if (total != null) {
        total.nanoUsd += line.nanoUsd();
        total.unpriced += line.unpricedRequests();
        total.usage = total.usage.plus(line.usage());
        total.models.add(line.model());
      }
    }
    return all;
  }

  private static void add(Totals total, MethodTotals method, Counts counts) {
    total.started += counts.get(Counts.Event.STARTED);
    total.succeeded += counts.get(Counts.Event.SUCCEEDED);
    total.failed += counts.get(Counts.Event.FAILED);
    total.refused += counts.get(Counts.Event.REFUSED);
    total.cancelled += counts.get(Counts.Event.CANCELLED);
    total.active += counts.active();
    total.cacheAnswers +=
        counts.get(Counts.Event.CACHE_HIT) + counts.get(Counts.Event.CACHE_SHARED);
    total.methods++;
    if (!method.spec().version().isEmpty()) {
      total.versions.add(method.spec().version());
    }
  }

  private Map<String, @Nullable Object> row(
      String agent, Totals total, @Nullable AgentControls around, long now) {
    AgentActivity activity = activities.computeIfAbsent(agent, absent -> new AgentActivity());
    boolean busy = activity.turnTo(now);
    long signature =
        (total.signature() * 31 + activity.samples()) * 31 + (busy ? activity.newestBucket() : 0);
    AgentControls controls = around == null ? AgentControls.NONE : around;
    Made before = made.get(agent);
    if (before != null && before.signature == signature && before.around.equals(controls)) {
      return before.row;
    }
    Map<String, @Nullable Object> row = AgentJson.row(jvm, agent, total, activity, controls, now);
    made.put(agent, new Made(signature, controls, row));
    return row;
  }
}
