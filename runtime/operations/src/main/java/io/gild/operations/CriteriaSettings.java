package io.gild.operations;

import io.gild.config.Experimental;
import org.jspecify.annotations.Nullable;

/**
 * What the versions are compared by; {@code null} or {@code off} for what does not matter.
 *
 * @param errorRate failed calls, as a difference of rates
 * @param refusalRate calls that a policy refused, as a difference of rates
 * @param latency duration of calls
 * @param cost mean cost of a call, as a part of the present one
 * @param tokens mean tokens of a call, as a part of the present ones
 * @param goldenScore mean score of golden tasks, as a difference
 */
@Experimental
public record CriteriaSettings(
    @Nullable ToleranceSettings errorRate,
    @Nullable ToleranceSettings refusalRate,
    @Nullable LatencySettings latency,
    @Nullable ToleranceSettings cost,
    @Nullable ToleranceSettings tokens,
    @Nullable ToleranceSettings goldenScore) {

  /**
   * Returns whether nothing is compared.
   *
   * @return {@code true} if every criterion is off
   */
  public boolean isEmpty() {
    return errorRate == null
        && refusalRate == null
        && latency == null
        && cost == null
        && tokens == null
        && goldenScore == null;
  }
}
