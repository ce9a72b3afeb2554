package io.gild.orchestration;

import io.gild.core.GildLog;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Actions of the steps that run, for the case that their run is canceled. Thread-safe. */
final class CancelActions {

  private final Set<Runnable> actions = ConcurrentHashMap.newKeySet();

  void add(Runnable action) {
    actions.add(action);
  }

  void remove(Runnable action) {
    actions.remove(action);
  }

  /** Runs each action once, also on a thread that the cancellation has interrupted. */
  void run() {
    boolean interrupted = Thread.interrupted();
    try {
      for (Runnable action : List.copyOf(actions)) {
        if (actions.remove(action)) {
          run(action);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void run(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException failure) {
      GildLog.faultOnce("Canceling a step", failure);
    }
  }
}
