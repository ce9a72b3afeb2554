package io.gild.evaluation.spi;

import io.gild.gates.TaskKey;
import java.util.List;

/**
 * One run of a golden task.
 *
 * @param key the task
 * @param tags its tags
 * @param repeat number of this run of the task, from 1
 * @param seed for the random choices of the agent, such as its model's {@code seed}; a repeated run
 *     has the same seed
 * @param session identifies the conversation; given to {@code @Session} parameters
 */
public record GoldenRun(TaskKey key, List<String> tags, int repeat, long seed, String session) {

  /** Copies the list. */
  public GoldenRun {
    tags = List.copyOf(tags);
  }
}
