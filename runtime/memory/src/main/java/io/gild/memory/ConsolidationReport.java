package io.gild.memory;

import io.gild.config.Experimental;
import java.util.List;

/**
 * What a consolidation did, or would do.
 *
 * @param run id of the consolidation, by which it is undone
 * @param tenant the tenant
 * @param memories how many memories there were, pruned ones among them
 * @param steps the steps; empty if nothing had to be done
 */
@Experimental
public record ConsolidationReport(
    String run, String tenant, int memories, List<ConsolidationStep> steps) {

  /** Copies the steps. */
  public ConsolidationReport {
    steps = List.copyOf(steps);
  }

  /**
   * Returns how many steps are of one kind.
   *
   * @param action the kind
   * @return zero or more
   */
  public long count(ConsolidationStep.Action action) {
    return steps.stream().filter(step -> step.action() == action).count();
  }
}
