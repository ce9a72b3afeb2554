package io.gild.gates;

import io.gild.config.Experimental;
import java.time.LocalDate;

/**
 * Overrides a gate that did not pass, until a date, in the name of a responsible person.
 *
 * @param stage the gate
 * @param agent the agent it applies to; {@code "*"} for all
 * @param criterion the criterion it applies to, such as {@code pass-rate}; {@code "*"} for all
 * @param who the responsible person
 * @param why the reason
 * @param until the last day on which it applies, in UTC
 */
@Experimental
public record GateOverride(
    Gates.Stage stage, String agent, String criterion, String who, String why, LocalDate until) {

  /** Checks the values. */
  public GateOverride {
    requireText(agent, "agent", "an agent, or be \"*\" for all agents");
    requireText(criterion, "criterion", "a criterion such as pass-rate, or be \"*\" for all");
    requireText(who, "who", "the responsible person");
    requireText(why, "why", "the reason");
  }

  private static void requireText(String value, String name, String wanted) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " must name " + wanted + ", but is empty");
    }
  }

  /**
   * Returns whether this override applies to a result of a gate.
   *
   * @param stage the gate
   * @param agent the agent; empty for all agents
   * @param criterion the criterion
   * @return whether all three match
   */
  public boolean covers(Gates.Stage stage, String agent, String criterion) {
    return this.stage == stage
        && (this.agent.equals("*") || this.agent.equals(agent))
        && (this.criterion.equals("*") || this.criterion.equals(criterion));
  }
}
