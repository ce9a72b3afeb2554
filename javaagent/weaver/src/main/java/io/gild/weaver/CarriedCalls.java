package io.gild.weaver;

import io.gild.core.AgentCall;
import io.gild.core.CallReference;
import io.gild.core.WeakKeys;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.RunnableScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * The calls in which tasks were submitted, stored beside the tasks: the application can search,
 * order and empty the queues, so the tasks in them must not be replaced. Thread-safe.
 *
 * <p>One object may be submitted many times, such as a lambda that captures nothing; it then runs
 * within its calls in their order.
 */
public final class CarriedCalls {

  /** The most runs of one object that are distinguished. */
  private static final int MOST = 10_000;

  private final WeakKeys<Waiting> calls = new WeakKeys<>();

  /** The calls of one task's future runs; {@code null} is a run outside of any call. */
  private static final class Waiting {
    private final Deque<Slot> slots = new ArrayDeque<>(1);
    private boolean removed;
  }

  private record Slot(@Nullable CallReference call) {}

  /** Returns whether any task may be stored here. */
  boolean any() {
    return !calls.isEmpty();
  }

  /**
   * Stores a task that is submitted to a pool.
   *
   * @param call the call in which it is submitted, or {@code null}
   */
  void add(Object task, @Nullable AgentCall call) {
    if (call == null && calls.get(task) == null) {
      return;
    }
    CallReference reference = call == null ? null : call.reference();
    while (true) {
      Waiting waiting = calls.get(task);
      if (waiting == null) {
        Waiting made = new Waiting();
        Waiting other = calls.putIfAbsent(task, made);
        waiting = other == null ? made : other;
      }
      synchronized (waiting) {
        if (!waiting.removed) {
          boolean known = !waiting.slots.isEmpty() && runsOnce(task);
          if (!known && waiting.slots.size() < MOST) {
            waiting.slots.add(new Slot(reference));
          }
          return;
        }
      }
    }
  }

  private static boolean runsOnce(Object task) {
    return task instanceof RunnableFuture || task instanceof ForkJoinTask;
  }

  /** Returns the call of a task's run; the call may be over. */
  @Nullable CallReference begin(Object task) {
    Waiting waiting = calls.get(task);
    if (waiting == null) {
      return null;
    }
    boolean again = task instanceof RunnableScheduledFuture<?> timed && timed.isPeriodic();
    Slot slot;
    synchronized (waiting) {
      slot = again ? waiting.slots.peekFirst() : waiting.slots.pollFirst();
      forgetEmpty(task, waiting);
    }
    return slot == null ? null : slot.call();
  }

  /** Removes a task that a pool rejected or returned. */
  void forget(Object task) {
    Waiting waiting = calls.get(task);
    if (waiting != null) {
      synchronized (waiting) {
        waiting.slots.pollLast();
        forgetEmpty(task, waiting);
      }
    }
  }

  private void forgetEmpty(Object task, Waiting waiting) {
    if (waiting.slots.isEmpty() && !waiting.removed) {
      waiting.removed = true;
      calls.remove(task);
    }
  }
}
