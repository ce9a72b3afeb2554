package io.gild.gates;

import io.gild.config.Experimental;
import java.math.BigDecimal;

/**
 * The highest cost of one run of a golden task.
 *
 * @param mean US dollars on average over the runs of an agent; above zero
 * @param p95 US dollars that 95 % of the runs must not exceed; not below the mean
 */
@Experimental
public record CostLimit(BigDecimal mean, BigDecimal p95) {

  /** Checks the values. */
  public CostLimit {
    if (mean.signum() <= 0) {
      throw new IllegalArgumentException("mean must be above zero, but is " + mean.toPlainString());
    }
    if (p95.compareTo(mean) < 0) {
      throw new IllegalArgumentException(
          "p95 must be >= mean, but is " + p95.toPlainString() + " < " + mean.toPlainString());
    }
  }
}
