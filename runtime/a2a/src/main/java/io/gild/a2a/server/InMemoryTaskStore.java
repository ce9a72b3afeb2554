package io.gild.a2a.server;

import io.gild.a2a.spi.StoredTask;
import io.gild.a2a.spi.TaskOwner;
import io.gild.a2a.spi.TaskPage;
import io.gild.a2a.spi.TaskQuery;
import io.gild.a2a.spi.TaskStore;
import io.gild.config.Experimental;
import io.gild.config.Require;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tasks as long as the process lives. If the store is full, the ended task that changed
 * longest ago makes room; a store full of tasks that have not ended accepts no other.
 */
@Experimental
public final class InMemoryTaskStore implements TaskStore {

  private final TaskTable tasks;

  /**
   * Creates a store.
   *
   * @param maxTasks the most tasks of all agents and tenants; 1 or more
   */
  public InMemoryTaskStore(int maxTasks) {
    Require.atLeast(1, maxTasks, "maxTasks");
    this.tasks = new TaskTable(maxTasks);
  }

  @Override
  public void put(TaskOwner owner, StoredTask task) {
    tasks.put(owner, task);
  }

  @Override
  public @Nullable StoredTask get(TaskOwner owner, String taskId) {
    return tasks.find(owner, taskId);
  }

  @Override
  public TaskPage list(TaskOwner owner, TaskQuery query) {
    return tasks.list(owner, query);
  }

  @Override
  public List<Unfinished> unfinished(String agent) {
    return List.of();
  }

  @Override
  public int size() {
    return tasks.size();
  }

  @Override
  public void close() {
    // The tasks go with the store.
  }
}
