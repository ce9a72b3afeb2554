package io.gild.gates;

import io.gild.config.Experimental;
import java.time.Instant;
import java.util.List;

/**
 * The result of one run of one golden task.
 *
 * @param key the task
 * @param version version of the agent, or empty
 * @param method the method called, such as {@code com.acme.SupportAgent#answer}
 * @param tags the task's tags
 * @param repeat which of the task's runs this is, from 1
 * @param seed the seed of the run
 * @param started when it began
 * @param outcome how it ended
 * @param score weighted mean of the checks' scores, from 0 to 1; 0 if there is no answer
 * @param checks the result of each check, in the order of the task; empty if there is no answer
 * @param input the question, for a reader, shortened
 * @param expected the expected answer, for a reader; may be empty
 * @param answer the answer, for a reader, shortened; empty if there is none
 * @param message why the run did not pass; empty if it passed
 * @param spent time, money, tokens and attempts
 */
@Experimental
public record TaskResult(
    TaskKey key,
    String version,
    String method,
    List<String> tags,
    int repeat,
    long seed,
    Instant started,
    Outcome outcome,
    double score,
    List<CheckResult> checks,
    String input,
    String expected,
    String answer,
    String message,
    Spent spent) {

  /** Checks the values and copies the lists. */
  public TaskResult {
    if (repeat < 1) {
      throw new IllegalArgumentException("repeat must be >= 1, but is " + repeat);
    }
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("score must be from 0 to 1, but is " + score);
    }
    tags = List.copyOf(tags);
    checks = List.copyOf(checks);
  }

  /**
   * Returns the class of the agent.
   *
   * @return the part before the {@code #} of {@link #method()}
   */
  public String type() {
    int hash = method.indexOf('#');
    return hash < 0 ? method : method.substring(0, hash);
  }

  /** Returns this result under another key. */
  TaskResult of(TaskKey other) {
    return new TaskResult(
        other, version, method, tags, repeat, seed, started, outcome, score, checks, input,
        expected, answer, message, spent);
  }

  /**
   * Returns whether the answer was good enough.
   *
   * @return whether the outcome is {@link Outcome#PASSED}
   */
  public boolean passed() {
    return outcome == Outcome.PASSED;
  }
}
