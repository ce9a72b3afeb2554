package io.gild.a2a.server;

import io.gild.a2a.A2aArtifact;
import io.gild.a2a.A2aArtifactUpdate;
import io.gild.a2a.A2aErrorCode;
import io.gild.a2a.A2aEvent;
import io.gild.a2a.A2aException;
import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aStatusUpdate;
import io.gild.a2a.A2aTask;
import io.gild.a2a.A2aTaskState;
import io.gild.a2a.A2aTaskStatus;
import io.gild.a2a.spi.PushTarget;
import io.gild.a2a.spi.StoredTask;
import io.gild.a2a.spi.TaskOwner;
import io.gild.core.GildLog;
import io.gild.core.spi.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task that someone works on or listens to.
 *
 * <p>All changes happen under the monitor of the task, and so all listeners receive them in one
 * order. No listener waits for its client.
 */
final class LiveTask {

  private static final int MOST_MESSAGES = 1_000;

  private final TaskOwner owner;
  private final String id;
  private final String contextId;
  private final TaskEvents events;
  private final Clock clock;
  private final List<TaskListener> listeners = new ArrayList<>();
  private List<PushTarget> targets;
  private @Nullable A2aTask task;
  private @Nullable A2aMessage asked;
  private @Nullable A2aMessage reply;
  private @Nullable A2aException failure;
  private @Nullable TaskTurn turn;
  private int holds;

  LiveTask(TaskOwner owner, String id, String contextId, TaskEvents events, Clock clock) {
    this.owner = owner;
    this.id = id;
    this.contextId = contextId;
    this.events = events;
    this.clock = clock;
    this.targets = List.of();
  }

  LiveTask(TaskOwner owner, StoredTask stored, TaskEvents events, Clock clock) {
    this.owner = owner;
    this.id = stored.task().id();
    this.contextId = String.valueOf(stored.task().contextId());
    this.events = events;
    this.clock = clock;
    this.task = stored.task();
    this.targets = stored.targets();
  }

  TaskOwner owner() {
    return owner;
  }

  String id() {
    return id;
  }

  String contextId() {
    return contextId;
  }

  /** Counts those that use the task; the map of live tasks guards the count. */
  int hold(int change) {
    holds += change;
    return holds;
  }

  /**
   * Begins a turn.
   *
   * @param message the message, with the ids of the task
   * @return the task before it, or {@code null}
   * @throws A2aException if the task has ended, or a turn has not
   */
  synchronized @Nullable A2aTask begin(TaskTurn next, A2aMessage message) {
    A2aTask before = task;
    if (before != null && before.state().isTerminal()) {
      throw new A2aException(
          A2aErrorCode.UNSUPPORTED_OPERATION,
          "the task %s has ended (%s) and accepts no message; send one without taskId, to begin"
                  .formatted(id, before.state())
              + " another");
    }
    if (turn != null) {
      throw new A2aException(
          A2aErrorCode.UNSUPPORTED_OPERATION,
          "the agent works on the task "
              + id
              + "; send the message when the task has ended or"
              + " requires input");
    }
    turn = next;
    asked = message;
    if (before != null) {
      change(new A2aTaskStatus(A2aTaskState.WORKING, null, clock.now()));
      A2aTask longer = exists().with(message);
      task = longer;
      storeOrLog(longer);
    }
    return before;
  }

  /** Adds a listener, which receives what has happened so far. */
  synchronized void listen(TaskListener listener) {
    if (failure != null) {
      listener.failed(failure);
    } else if (reply != null) {
      listener.reply(reply);
    } else {
      listeners.add(listener);
      if (task != null) {
        listener.task(task);
        if (turn == null && isSettled(task)) {
          listeners.remove(listener);
          listener.settled(task);
        }
      }
    }
  }

  /** Adds a listener to a task that may wait for its user. */
  synchronized void subscribe(TaskListener listener) {
    A2aTask now = task;
    if (now == null || now.state().isTerminal()) {
      throw new A2aException(
          A2aErrorCode.UNSUPPORTED_OPERATION,
          "the task " + id + " has ended; get it, there is nothing to subscribe to");
    }
    listeners.add(listener);
    listener.task(now);
  }

  synchronized void leave(TaskListener listener) {
    listeners.remove(listener);
  }

  /** Makes the task visible before the agent has said anything. */
  synchronized void appear(TaskTurn of) {
    if (of == turn && !of.isEnded()) {
      exists();
    }
  }

  private A2aTask exists() {
    A2aTask now = task;
    if (now == null) {
      A2aTaskStatus status = new A2aTaskStatus(A2aTaskState.SUBMITTED, null, clock.now());
      List<A2aMessage> history = asked == null ? List.of() : List.of(asked);
      now = new A2aTask(id, contextId, status, List.of(), history, Map.of());
      store(now);
      task = now;
      for (TaskListener listener : List.copyOf(listeners)) {
        listener.task(now);
      }
    }
    return now;
  }

  synchronized void status(TaskTurn of, A2aTaskState state, @Nullable A2aMessage message) {
    if (isOver(of)) {
      return;
    }
    exists();
    boolean ends = state.isTerminal() || state.isInterrupted();
    if (ends) {
      of.end();
      turn = null;
    }
    change(
        new A2aTaskStatus(state, message == null ? null : message.in(contextId, id), clock.now()));
    if (ends) {
      of.over();
    }
  }

  private void change(A2aTaskStatus status) {
    A2aTask next = exists().with(status).withHistory(MOST_MESSAGES);
    task = next;
    storeOrLog(next);
    tell(new A2aStatusUpdate(id, contextId, status, Map.of()));
    if (isSettled(next)) {
      List<TaskListener> all = List.copyOf(listeners);
      listeners.clear();
      all.forEach(listener -> listener.settled(next));
    }
  }

  /** Only complete artifacts are stored at once; chunks are stored with what follows. */
  synchronized void artifact(TaskTurn of, A2aArtifact artifact, boolean append, boolean lastChunk) {
    if (isOver(of)) {
      return;
    }
    A2aTask next = exists().with(artifact, append);
    task = next;
    if (lastChunk) {
      storeOrLog(next);
    }
    tell(new A2aArtifactUpdate(id, contextId, artifact, append, lastChunk, Map.of()));
  }

  synchronized void reply(TaskTurn of, A2aMessage message) {
    if (isOver(of)) {
      return;
    }
    if (task != null) {
      status(of, A2aTaskState.COMPLETED, message);
      return;
    }
    of.end();
    turn = null;
    A2aMessage answer = message.in(contextId, null);
    reply = answer;
    List<TaskListener> all = List.copyOf(listeners);
    listeners.clear();
    all.forEach(listener -> listener.reply(answer));
    of.over();
  }

  private boolean isOver(TaskTurn of) {
    if (of != turn || of.isEnded()) {
      GildLog.infoOnce(
          "An A2A agent says something after the end of its task, which is dropped; "
              + "A2aExchange.isEnded() says when to stop.");
      return true;
    }
    return false;
  }

  /** Ends a turn whose agent has failed: the task fails, or the request if there is no task. */
  synchronized void fail(TaskTurn of, A2aException cause) {
    if (of != turn || !of.end()) {
      return;
    }
    turn = null;
    if (task != null) {
      A2aMessage message = A2aMessage.ofAgent(String.valueOf(cause.getMessage()));
      change(new A2aTaskStatus(A2aTaskState.FAILED, message.in(contextId, id), clock.now()));
    } else {
      failure = cause;
      List<TaskListener> all = List.copyOf(listeners);
      listeners.clear();
      all.forEach(listener -> listener.failed(cause));
    }
    of.over();
  }

  /**
   * Cancels the task.
   *
   * @return the turn that must be canceled, or {@code null}
   * @throws A2aException if the task has ended
   */
  synchronized @Nullable TaskTurn cancel() {
    A2aTask now = task;
    if (now == null || now.state().isTerminal()) {
      throw new A2aException(
          A2aErrorCode.TASK_NOT_CANCELABLE,
          "the task %s has ended (%s)".formatted(id, now == null ? "no task" : now.state()));
    }
    TaskTurn running = turn;
    turn = null;
    if (running != null) {
      running.end();
    }
    change(new A2aTaskStatus(A2aTaskState.CANCELED, null, clock.now()));
    if (running != null) {
      running.over();
    }
    return running;
  }

  synchronized @Nullable TaskTurn turn() {
    return turn;
  }

  synchronized @Nullable A2aMessage reply() {
    return reply;
  }

  synchronized @Nullable A2aTask task() {
    return task;
  }

  /** Returns the task as it is now, or null before it exists. */
  synchronized @Nullable StoredTask snapshot() {
    return task == null ? null : stored(task);
  }

  synchronized List<PushTarget> targets() {
    return targets;
  }

  synchronized void targets(List<PushTarget> changed) {
    targets = List.copyOf(changed);
    if (task != null) {
      store(task);
    }
  }

  private void tell(A2aEvent event) {
    EventText text = new EventText(event);
    for (TaskListener listener : List.copyOf(listeners)) {
      listener.event(text);
    }
    if (!targets.isEmpty() && task != null) {
      events.push(owner, stored(task), event, targets);
    }
  }

  /** Listeners of a task that has begun receive its changes even if the store fails meanwhile. */
  private void storeOrLog(A2aTask now) {
    try {
      store(now);
    } catch (A2aException failed) {
      GildLog.faultOnce("storing an A2A task", failed);
    }
  }

  private void store(A2aTask now) {
    events.store(owner, stored(now));
  }

  private StoredTask stored(A2aTask now) {
    Instant time = now.status().timestamp();
    return new StoredTask(now, time == null ? clock.now() : time, targets);
  }

  private static boolean isSettled(A2aTask task) {
    return task.state().isTerminal() || task.state().isInterrupted();
  }
}
