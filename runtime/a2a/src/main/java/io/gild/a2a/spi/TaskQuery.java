package io.gild.a2a.spi;

import io.gild.a2a.A2aTaskState;
import io.gild.config.Experimental;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks are listed.
 *
 * @param contextId the conversation, or {@code null} for all
 * @param state the state, or {@code null} for all
 * @param updatedSince the earliest change of the status, inclusive, or {@code null} for all
 * @param pageSize the most tasks of a page; from 1 to 100
 * @param pageToken where the page begins, as the page before said, or {@code null} for the first
 */
@Experimental
public record TaskQuery(
    @Nullable String contextId,
    @Nullable A2aTaskState state,
    @Nullable Instant updatedSince,
    int pageSize,
    @Nullable String pageToken) {

  /** The most tasks of a page. */
  public static final int MOST_PAGE_SIZE = 100;

  /** The tasks of a page if the client does not say. */
  public static final int USUAL_PAGE_SIZE = 50;

  /** Checks the size of the page. */
  public TaskQuery {
    if (pageSize < 1 || pageSize > MOST_PAGE_SIZE) {
      throw new IllegalArgumentException(
          "pageSize must be from 1 to " + MOST_PAGE_SIZE + ", but is " + pageSize);
    }
  }

  /**
   * Creates a query for all tasks.
   *
   * @param pageSize the most tasks of a page; from 1 to 100
   * @return the query of the first page
   */
  public static TaskQuery all(int pageSize) {
    return new TaskQuery(null, null, null, pageSize, null);
  }

  /**
   * Returns the same query of another page.
   *
   * @param token where the page begins
   * @return the query
   */
  public TaskQuery from(String token) {
    return new TaskQuery(contextId, state, updatedSince, pageSize, token);
  }

  /**
   * Returns whether a task is among the listed ones, on any page.
   *
   * @param stored the task
   * @return whether it is
   */
  public boolean matches(StoredTask stored) {
    return (contextId == null || contextId.equals(stored.task().contextId()))
        && (state == null || state == stored.task().state())
        && (updatedSince == null || !stored.updated().isBefore(updatedSince));
  }
}
