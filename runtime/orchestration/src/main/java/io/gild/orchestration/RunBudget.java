package io.gild.orchestration;

import io.gild.core.BudgetExhausted;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The money that the steps of one run share. Thread-safe. */
final class RunBudget {

  private final String workflow;
  private final @Nullable BigDecimal limit;
  private long spent;
  private long reserved;

  RunBudget(String workflow, @Nullable BigDecimal limit, long spentNanoUsd) {
    this.workflow = workflow;
    this.limit = limit;
    this.spent = spentNanoUsd;
  }

  /** Money that a step may spend. */
  final class Reservation {

    private final long nanoUsd;

    private Reservation(long nanoUsd) {
      this.nanoUsd = nanoUsd;
    }

    void settle(long spentNanoUsd) {
      synchronized (RunBudget.this) {
        reserved -= nanoUsd;
        spent += spentNanoUsd;
      }
    }
  }

  /**
   * Reserves money for a step.
   *
   * @throws StepFailed if the budget has no money left, or less than the step reserves
   */
  synchronized Reservation reserve(String path, long nanoUsd) {
    if (limit != null) {
      long open = limit.movePointRight(9).longValue() - spent - reserved;
      if (open <= 0 || nanoUsd > open) {
        BudgetExhausted refused = new BudgetExhausted(workflow, "run", limit);
        throw new StepFailed(path, String.valueOf(refused.getMessage()), refused);
      }
    }
    reserved += nanoUsd;
    return new Reservation(nanoUsd);
  }
}
