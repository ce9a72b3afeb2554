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
 * The calls that tasks were begun in, beside the tasks: these wait in queues that the application
 * searches, orders and empties, and stay what it put there. Thread-safe.
 *
 * <p>One object may be given to pools many times, as a lambda that captures nothing; it then runs
 * within its calls in their order.
 */
public final class CarriedCalls {

  /** As many runs of one object as are told apart. */
  private static final int MOST = 10_000;

  private final WeakKeys<Waiting> calls = new WeakKeys<>();

  /** The calls of one task's runs to come; {@code null} stands for a run outside of any. */
  private static final class Waiting {
    private final Deque<Slot> slots = new ArrayDeque<>(1);
    private boolean gone;
  }

  private record Slot(@Nullable CallReference call) {}

  /** Returns whether any task may be known here. */
  boolean any() {
    return !calls.isEmpty();
  }

  /**
   * Takes note of a task that is given to a pool.
   *
   * @param call the call it is begun in, or {@code null}
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
        if (!waiting.gone) {
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

  /** Returns the call that a run of a task belongs to, which may be over. */
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

  /** Forgets a task that a pool did not take, or gave back. */
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
    if (waiting.slots.isEmpty() && !waiting.gone) {
      waiting.gone = true;
      calls.remove(task);
    }
  }
}
