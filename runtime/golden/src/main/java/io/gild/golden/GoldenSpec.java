package io.gild.golden;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A golden task as it is written, in an annotation or a file.
 *
 * @param id name, unique within the agent: letters, digits, dots, dashes, underscores
 * @param agent name of the only agent it is for; empty if it is for any agent that names the file
 * @param description what it is about, for a reader; may be empty
 * @param turns the inputs to the agent, in order; at least one
 * @param checks how the last answer is judged; empty only if turns have checks of their own
 * @param passScore lowest weighted mean of the scores that passes, from 0 to 1; {@code null} if
 *     each check must pass
 * @param repeats how often it is run; 0 for the run's number
 * @param timeout longest time to an answer; {@code null} for the run's timeout
 * @param tags JUnit tags
 */
@Experimental
public record GoldenSpec(
    String id,
    String agent,
    String description,
    List<Turn> turns,
    List<WeightedCheck> checks,
    @Nullable Double passScore,
    int repeats,
    @Nullable Duration timeout,
    List<String> tags) {

  /**
   * One input to the agent.
   *
   * @param input the arguments
   * @param checks how its answer is judged; may be empty
   */
  public record Turn(GoldenInput input, List<WeightedCheck> checks) {

    /** Copies the list. */
    public Turn {
      checks = List.copyOf(checks);
    }
  }

  /** Checks the values and copies the lists. */
  public GoldenSpec {
    new GoldenHead(id, agent, description, passScore, repeats, timeout, tags);
    Require.atLeast(1, turns.size(), "number of turns");
    turns = List.copyOf(turns);
    checks = List.copyOf(checks);
    tags = List.copyOf(tags);
  }

  /**
   * Returns the last question, for a reader.
   *
   * @return the last turn's input
   */
  public String question() {
    return turns.get(turns.size() - 1).input().text();
  }

  /**
   * Returns the checks of the last answer, for a reader.
   *
   * @return the checks in their author's words, one per line
   */
  public String expectation() {
    return String.join("\n", checks.stream().map(WeightedCheck::text).toList());
  }
}
