package io.gild.console;

import io.gild.core.CallStarted;
import io.gild.core.GildLog;
import io.gild.core.RuntimeScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The calls that run now, as far as they began while a reader watched: calls pay for this only
 * then. Bounded and thread-safe.
 */
final class RunningCalls {

  private static final int MOST = 10_000;

  private final Map<Long, CallRow> calls = new ConcurrentHashMap<>();
  private final RuntimeScope runtime;
  private @Nullable AutoCloseable subscription;
  private volatile boolean watched;

  RunningCalls(RuntimeScope runtime) {
    this.runtime = runtime;
  }

  synchronized void watch() {
    if (subscription == null) {
      calls.clear();
      watched = true;
      subscription = runtime.events().subscribe(CallStarted.class, this::started);
    }
  }

  synchronized void rest() {
    AutoCloseable present = subscription;
    if (present != null) {
      subscription = null;
      watched = false;
      try {
        present.close();
      } catch (Exception fault) {
        GildLog.faultOnce("Closing the console's view of running calls", fault);
      }
      calls.clear();
    }
  }

  private void started(CallStarted event) {
    if (calls.size() >= MOST) {
      return;
    }
    CallRow row = new CallRow();
    row.number = event.call();
    row.parent = event.parent();
    row.agent = event.method().agent();
    row.method = event.method().methodName();
    row.className = event.method().className();
    row.version = event.method().version();
    row.kind =
        switch (event.method().kind()) {
          case AGENT -> CallRow.Kind.AGENT;
          case CHAT -> CallRow.Kind.MODEL;
          case EMBEDDINGS -> CallRow.Kind.EMBEDDING;
          case TOOL -> CallRow.Kind.TOOL;
        };
    row.outcome = CallRow.Outcome.RUNNING;
    row.startNanos = runtime.clock().nanoTime();
    row.endMillis = runtime.clock().millis();
    calls.put(event.call(), row);
  }

  void ended(long number) {
    if (watched) {
      calls.remove(number);
    }
  }

  /** Returns the calls that run now, each with its duration so far. */
  List<CallRow> all() {
    List<CallRow> all = new ArrayList<>();
    long now = runtime.clock().nanoTime();
    long millis = runtime.clock().millis();
    for (CallRow call : calls.values()) {
      CallRow row = call.copy();
      row.durationNanos = Math.max(0, now - call.startNanos);
      row.endMillis = millis;
      row.root = root(call);
      all.add(row);
    }
    return all;
  }

  private long root(CallRow call) {
    CallRow outer = call;
    for (int depth = 0; depth < MOST; depth++) {
      CallRow around = outer.parent == 0 ? null : calls.get(outer.parent);
      if (around == null) {
        return outer.parent == 0 ? outer.number : outer.parent;
      }
      outer = around;
    }
    return outer.number;
  }
}
