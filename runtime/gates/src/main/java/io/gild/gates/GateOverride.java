package io.gild.gates;

import java.time.LocalDate;

/**
 * Lets a gate that did not pass be passed, for a time, by somebody who stands for it.
 *
 * @param stage the gate
 * @param agent the agent it holds for; {@code "*"} for all
 * @param criterion the criterion it holds for, such as {@code pass-rate}; {@code "*"} for all
 * @param who who answers for it
 * @param why the reason
 * @param until the last day it holds, in UTC
 */
public record GateOverride(
    Gates.Stage stage, String agent, String criterion, String who, String why, LocalDate until) {

  /** Checks the values. */
  public GateOverride {
    requireText(agent, "agent", "a name, or \"*\" for all agents");
    requireText(criterion, "criterion", "a name such as pass-rate, or \"*\" for all");
    requireText(who, "who", "who answers for it");
    requireText(why, "why", "the reason");
  }

  private static void requireText(String value, String name, String wanted) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " must say " + wanted + ", but is empty");
    }
  }

  /**
   * Returns whether this is for a result of a gate.
   *
   * @param stage the gate
   * @param agent the agent, or empty for what concerns all agents
   * @param criterion the criterion
   * @return whether all three fit
   */
  public boolean covers(Gates.Stage stage, String agent, String criterion) {
    return this.stage == stage
        && (this.agent.equals("*") || this.agent.equals(agent))
        && (this.criterion.equals("*") || this.criterion.equals(criterion));
  }
}
