package io.gild.a2a.server;

import io.gild.a2a.A2aErrorCode;
import io.gild.a2a.A2aException;
import io.gild.a2a.spi.StoredTask;
import io.gild.a2a.spi.TaskOwner;
import io.gild.a2a.spi.TaskPage;
import io.gild.a2a.spi.TaskQuery;
import io.gild.a2a.spi.TaskStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tasks in memory, in the order of their last change; the oldest ended ones make room. */
final class TaskTable {

  private final int most;
  private final Map<TaskOwner, Map<String, StoredTask>> byId = new HashMap<>();
  private final Map<TaskOwner, TreeMap<TaskCursor, StoredTask>> byTime = new HashMap<>();
  private final TreeMap<TaskCursor, TaskOwner> ended = new TreeMap<>(Comparator.reverseOrder());
  private int size;

  /**
   * Creates a table.
   *
   * @param most the most tasks; 1 or more
   */
  TaskTable(int most) {
    this.most = most;
  }

  /**
   * Stores a task.
   *
   * @return the task that made room for it, or {@code null}
   * @throws A2aException if the table is full of tasks that have not ended
   */
  synchronized TaskStore.@Nullable Unfinished put(TaskOwner owner, StoredTask stored) {
    StoredTask former = find(owner, stored.task().id());
    TaskStore.Unfinished evicted = null;
    if (former == null && size >= most) {
      evicted = evict();
    }
    if (former != null) {
      remove(owner, former);
    }
    TaskCursor cursor = TaskCursor.of(stored);
    byId.computeIfAbsent(owner, absent -> new HashMap<>()).put(stored.task().id(), stored);
    byTime.computeIfAbsent(owner, absent -> new TreeMap<>()).put(cursor, stored);
    if (stored.task().state().isTerminal()) {
      ended.put(cursor, owner);
    }
    size++;
    return evicted;
  }

  private TaskStore.Unfinished evict() {
    Map.Entry<TaskCursor, TaskOwner> oldest = ended.firstEntry();
    if (oldest == null) {
      throw new A2aException(
          A2aErrorCode.UNAVAILABLE,
          "the store holds "
              + size
              + " tasks that have not ended, the most it may; try again"
              + " later, or raise a2a.max-tasks");
    }
    TaskOwner owner = oldest.getValue();
    StoredTask stored = find(owner, oldest.getKey().id());
    if (stored == null) {
      throw new IllegalStateException("the table lost the task " + oldest.getKey().id());
    }
    remove(owner, stored);
    return new TaskStore.Unfinished(owner, stored);
  }

  /** Removes a task and, with the last one, its owner. */
  synchronized void remove(TaskOwner owner, StoredTask stored) {
    TaskCursor cursor = TaskCursor.of(stored);
    byId.computeIfPresent(
        owner,
        (key, tasks) -> {
          tasks.remove(stored.task().id());
          return tasks.isEmpty() ? null : tasks;
        });
    byTime.computeIfPresent(
        owner,
        (key, tasks) -> {
          tasks.remove(cursor);
          return tasks.isEmpty() ? null : tasks;
        });
    ended.remove(cursor);
    size--;
  }

  synchronized @Nullable StoredTask find(TaskOwner owner, String taskId) {
    Map<String, StoredTask> tasks = byId.get(owner);
    return tasks == null ? null : tasks.get(taskId);
  }

  synchronized TaskPage list(TaskOwner owner, TaskQuery query) {
    String token = query.pageToken();
    TaskCursor after = token == null ? null : TaskCursor.read(token);
    List<StoredTask> page = new ArrayList<>();
    String next = "";
    int total = 0;
    for (Map.Entry<TaskCursor, StoredTask> entry : tasks(owner).entrySet()) {
      if (query.matches(entry.getValue())) {
        total++;
        if (after == null || entry.getKey().compareTo(after) > 0) {
          if (page.size() < query.pageSize()) {
            page.add(entry.getValue());
          } else if (next.isEmpty()) {
            next = TaskCursor.of(page.get(page.size() - 1)).text();
          }
        }
      }
    }
    return new TaskPage(page, next, total);
  }

  private Map<TaskCursor, StoredTask> tasks(TaskOwner owner) {
    TreeMap<TaskCursor, StoredTask> tasks = byTime.get(owner);
    return tasks == null ? Map.of() : tasks;
  }

  synchronized List<TaskStore.Unfinished> all() {
    List<TaskStore.Unfinished> all = new ArrayList<>();
    byId.forEach((owner, tasks) ->
        tasks.values().forEach(stored -> all.add(new TaskStore.Unfinished(owner, stored))));
    all.sort(Comparator.comparing(each -> each.stored().updated()));
    return all;
  }

  synchronized int size() {
    return size;
  }
}
