package io.gild.a2a.spi;

import io.gild.config.Experimental;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the tasks of served agents.
 *
 * <p><b>Thread-safety.</b> Implementations must be safe for use by many threads. A server never
 * writes one task from two threads at a time.
 *
 * <p><b>Errors.</b> A store that cannot read or write throws an {@link io.gild.a2a.A2aException}.
 *
 * <p>Every implementation must pass {@code TaskStoreContract} of the testkit.
 */
@Experimental
public interface TaskStore extends AutoCloseable {

  /**
   * Stores a task, in place of the one with its id.
   *
   * @param owner the agent and tenant
   * @param task the task
   */
  void put(TaskOwner owner, StoredTask task);

  /**
   * Returns a task.
   *
   * @param owner the agent and tenant
   * @param taskId the task
   * @return the task as it was stored last, or {@code null} if this owner has none with the id
   */
  @Nullable StoredTask get(TaskOwner owner, String taskId);

  /**
   * Lists tasks, the ones whose status changed last first.
   *
   * <p>Going from page to page, a task that does not change is listed exactly once, no matter what
   * happens to others.
   *
   * @param owner the agent and tenant
   * @param query which tasks
   * @return a page
   * @throws IllegalArgumentException if the token of the page is not one of this store
   */
  TaskPage list(TaskOwner owner, TaskQuery query);

  /**
   * Returns the tasks whose agent worked on them when the process ended that stored them; a server
   * asks once, at its start.
   *
   * @param agent the name of the agent
   * @return tasks in the states submitted and working, with their tenants; empty if the store
   *     outlives no process
   */
  List<Unfinished> unfinished(String agent);

  /**
   * Returns how many tasks are stored.
   *
   * @return zero or more
   */
  int size();

  /** Releases what the store holds; tasks that outlive the process stay. */
  @Override
  void close();

  /**
   * A task without an end.
   *
   * @param owner the agent and tenant
   * @param stored the task
   */
  record Unfinished(TaskOwner owner, StoredTask stored) {}
}
