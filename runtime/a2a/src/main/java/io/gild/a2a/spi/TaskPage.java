package io.gild.a2a.spi;

import io.gild.config.Experimental;
import java.util.List;

/**
 * A page of tasks; immutable.
 *
 * @param tasks the tasks, last changed first
 * @param nextPageToken where the next page begins; empty if this is the last one
 * @param totalSize how many tasks all pages have
 */
@Experimental
public record TaskPage(List<StoredTask> tasks, String nextPageToken, int totalSize) {

  /** Copies the list. */
  public TaskPage {
    tasks = List.copyOf(tasks);
  }
}
