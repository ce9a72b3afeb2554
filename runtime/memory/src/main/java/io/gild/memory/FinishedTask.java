package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A task that an agent has finished; immutable.
 *
 * @param id unique within the tenant
 * @param owner tenant, agent and user
 * @param task the input of the task; not blank
 * @param answer what the agent answered, or the message of its failure; may be shortened
 * @param tools names of the tools that it used, in order
 * @param score how well it went; 0 (failed) to 1 (as well as possible)
 * @param cost what it cost, in US dollars; zero if unknown
 * @param latency how long it took
 * @param at when it ended
 * @param priority how much can be learned from it; above 0 to 1
 * @param withdrawn why it is not used any more; empty if it is used
 */
@Experimental
public record FinishedTask(
    String id,
    MemoryOwner owner,
    String task,
    String answer,
    List<String> tools,
    double score,
    BigDecimal cost,
    Duration latency,
    Instant at,
    double priority,
    String withdrawn) {

  private static final double SUCCESS = 0.5;

  /** Checks the values and copies the list. */
  public FinishedTask {
    Require.between(0, 1, score, "score");
    Require.between(0, 1, priority, "priority");
    tools = List.copyOf(tools);
  }

  /**
   * Returns whether it is an example to follow rather than a warning.
   *
   * @return whether the score is at least 0.5
   */
  public boolean isSuccess() {
    return score >= SUCCESS;
  }

  /**
   * Returns the text that an agent is given.
   *
   * @return the task, what was done and how it went, on a few lines
   */
  public String text() {
    String used = tools.isEmpty() ? "" : "\nTools: " + String.join(", ", tools);
    return isSuccess()
        ? "Worked before. Task: " + task + used + "\nAnswer: " + answer
        : "Failed before, avoid this. Task: " + task + used + "\nOutcome: " + answer;
  }
}
