package io.gild.a2a.client;

import io.gild.a2a.A2aTask;
import io.gild.config.Experimental;
import java.util.List;

/**
 * A page of tasks.
 *
 * @param tasks the tasks, the newest first
 * @param nextPageToken gets the next page; empty at the end
 * @param totalSize how many tasks fit the query
 */
@Experimental
public record A2aTaskList(List<A2aTask> tasks, String nextPageToken, int totalSize) {

  /** Copies the list. */
  public A2aTaskList {
    tasks = List.copyOf(tasks);
  }
}
