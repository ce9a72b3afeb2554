package io.gild.operations;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Golden tasks that both versions answer all the time.
 *
 * @param tasks file with the tasks, which must be given
 * @param path path of the address that answers, such as {@code /answer}; {@code null} in one JVM
 * @param body JSON of the request, with {@code {input}} in place of the task's input
 * @param answer name of the JSON field with the answer, dotted; {@code null} for the whole body
 * @param every how often the next task is asked; {@code null} for every second
 * @param timeout how long an answer may take; {@code null} for a minute
 */
@Experimental
public record GoldenSettings(
    @Nullable Path tasks,
    @Nullable String path,
    @Nullable String body,
    @Nullable String answer,
    @Nullable Duration every,
    @Nullable Duration timeout) {

  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  /** Checks the values. */
  public GoldenSettings {
    every = every == null ? EVERY : every;
    timeout = timeout == null ? TIMEOUT : timeout;
    Require.positive(every, "every");
    Require.positive(timeout, "timeout");
    if ((path == null) != (body == null)) {
      throw new IllegalArgumentException(
          "body must be given together with path, but only "
              + (path == null ? "body" : "path")
              + " is");
    }
  }
}
