package io.gild.orchestration;

import io.gild.config.Experimental;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a run so far.
 *
 * @param id its name
 * @param workflow name of the workflow
 * @param version version of the workflow
 * @param tenant on whose behalf it works; may be empty
 * @param state what it does
 * @param question what has to be decided, or {@code null}
 * @param error why it failed or was canceled, or {@code null}
 * @param started when it began
 * @param ended when it ended, or {@code null}
 * @param resumed how often a JVM continued it
 * @param steps its steps, in the order in which they began
 */
@Experimental
public record RunRecord(
    String id,
    String workflow,
    String version,
    String tenant,
    RunState state,
    @Nullable String question,
    @Nullable String error,
    Instant started,
    @Nullable Instant ended,
    int resumed,
    List<StepRecord> steps) {

  /** Copies the list. */
  public RunRecord {
    steps = List.copyOf(steps);
  }

  /**
   * Returns what all steps cost.
   *
   * @return US dollars
   */
  public BigDecimal cost() {
    return steps.stream().map(StepRecord::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /**
   * Returns the tokens of all steps.
   *
   * @return input and output
   */
  public long tokens() {
    return steps.stream().mapToLong(StepRecord::tokens).sum();
  }
}
