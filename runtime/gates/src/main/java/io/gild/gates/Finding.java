package io.gild.gates;

import io.gild.config.Experimental;

/**
 * The finding of one criterion of a gate.
 *
 * @param criterion name of the criterion, such as {@code pass-rate}
 * @param agent the agent of the finding; empty for all agents
 * @param verdict how it came out
 * @param measured the measured value, with its unit; {@code not measured} if there is none
 * @param bound the requirement
 * @param evidence one or two sentences: the source of the figure and what it proves
 * @param remedy what to do; empty if nothing
 */
@Experimental
public record Finding(
    String criterion,
    String agent,
    GateVerdict verdict,
    String measured,
    String bound,
    String evidence,
    String remedy) {

  static final String NOT_MEASURED = "not measured";

  static Finding notMeasured(
      String criterion, String agent, String bound, String evidence, String remedy) {
    return new Finding(
        criterion, agent, GateVerdict.BLOCKED, NOT_MEASURED, bound, evidence, remedy);
  }

  /** Returns this finding with an override in place of the proof. */
  Finding overridden(GateOverride by) {
    return new Finding(
        criterion,
        agent,
        GateVerdict.OVERRIDDEN,
        measured,
        bound,
        "%s, overridden by %s until %s: %s. %s"
            .formatted(verdict, by.who(), by.until(), by.why(), evidence),
        remedy);
  }

  /** Returns {@code criterion of agent}, or the criterion alone. */
  String subject() {
    return agent.isEmpty() ? criterion : criterion + " of " + agent;
  }
}
