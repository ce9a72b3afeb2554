package io.gild.a2a.server;

import io.gild.core.GildLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One message that an agent works on: its thread, its times and what ends it early. */
final class TaskTurn {

  private final List<Runnable> onCancel = new ArrayList<>();
  private final List<Future<?>> timers = new ArrayList<>();
  private @Nullable Thread thread;
  private @Nullable Runnable afterEnd;
  private boolean ended;
  private boolean over;
  private boolean canceled;
  private boolean async;

  /** Begins on the current thread; returns whether the turn is still wanted. */
  synchronized boolean begin() {
    if (!ended) {
      thread = Thread.currentThread();
    }
    return !ended;
  }

  /** Leaves the thread; it is never interrupted again. */
  synchronized void leave() {
    thread = null;
    if (canceled) {
      Thread.interrupted(); // the thread may serve another turn
    }
  }

  synchronized void continueAsync() {
    async = true;
  }

  synchronized boolean isAsync() {
    return async;
  }

  synchronized boolean isEnded() {
    return ended;
  }

  synchronized void timer(Future<?> timer) {
    if (ended) {
      timer.cancel(false);
    } else {
      timers.add(timer);
    }
  }

  /** Sets what runs once when the turn has ended and its listeners know it. */
  void whenEnded(Runnable action) {
    synchronized (this) {
      if (!over) {
        afterEnd = action;
        return;
      }
    }
    action.run();
  }

  /** Ends the turn; returns whether it had not ended. */
  synchronized boolean end() {
    boolean first = !ended;
    ended = true;
    timers.forEach(timer -> timer.cancel(false));
    timers.clear();
    return first;
  }

  /** Marks that the listeners know of the end. */
  void over() {
    Runnable action;
    synchronized (this) {
      over = true;
      action = afterEnd;
      afterEnd = null;
    }
    if (action != null) {
      action.run();
    }
  }

  void onCancel(Runnable action) {
    synchronized (this) {
      if (!canceled) {
        if (!ended) {
          onCancel.add(action);
        }
        return;
      }
    }
    run(action);
  }

  /** Ends the turn early: interrupts its thread and runs its actions. */
  void cancel() {
    List<Runnable> actions;
    synchronized (this) {
      end();
      canceled = true;
      actions = List.copyOf(onCancel);
      onCancel.clear();
      if (thread != null && thread != Thread.currentThread()) {
        thread.interrupt();
      }
    }
    actions.forEach(TaskTurn::run);
  }

  private static void run(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException failure) {
      GildLog.faultOnce("canceling an A2A task", failure);
    }
  }
}
