package io.gild.a2a.server;

import io.gild.a2a.A2aErrorCode;
import io.gild.a2a.A2aException;
import io.gild.a2a.spi.StoredTask;
import io.gild.a2a.spi.TaskOwner;
import io.gild.a2a.spi.TaskStore;
import io.gild.core.spi.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The tasks that someone works on or listens to; the others are in the store alone. */
final class LiveTasks {

  private record Key(TaskOwner owner, String id) {}

  private final Map<Key, LiveTask> live = new ConcurrentHashMap<>();
  private final TaskStore store;
  private final TaskEvents events;
  private final Clock clock;

  LiveTasks(TaskStore store, TaskEvents events, Clock clock) {
    this.store = store;
    this.events = events;
    this.clock = clock;
  }

  /** Adds a new task, held once. */
  LiveTask add(TaskOwner owner, String id, String contextId) {
    LiveTask task = new LiveTask(owner, id, contextId, events, clock);
    task.hold(1);
    live.put(new Key(owner, id), task);
    return task;
  }

  /**
   * Holds a task until it is released.
   *
   * @throws A2aException if there is none of this tenant
   */
  LiveTask hold(TaskOwner owner, String id) {
    LiveTask held =
        live.compute(
            new Key(owner, id),
            (key, present) -> {
              LiveTask task = present == null ? load(key) : present;
              if (task != null) {
                task.hold(1);
              }
              return task;
            });
    if (held == null) {
      throw notFound(id);
    }
    return held;
  }

  private @Nullable LiveTask load(Key key) {
    StoredTask stored = store.get(key.owner(), key.id());
    return stored == null ? null : new LiveTask(key.owner(), stored, events, clock);
  }

  void release(LiveTask task) {
    live.computeIfPresent(
        new Key(task.owner(), task.id()),
        (key, present) -> present == task && task.hold(-1) == 0 ? null : present);
  }

  boolean isKnown(TaskOwner owner, String id) {
    return live.containsKey(new Key(owner, id)) || store.get(owner, id) != null;
  }

  /** Returns the task as it is now. */
  StoredTask get(TaskOwner owner, String id) {
    LiveTask task = live.get(new Key(owner, id));
    StoredTask now = task == null ? null : task.snapshot();
    StoredTask found = now == null ? store.get(owner, id) : now;
    if (found == null) {
      throw notFound(id);
    }
    return found;
  }

  List<LiveTask> all() {
    return List.copyOf(live.values());
  }

  private static A2aException notFound(String id) {
    return new A2aException(
        A2aErrorCode.TASK_NOT_FOUND, "there is no task \"" + id + "\"; it may have been removed");
  }
}
