package io.gild.gates;

/**
 * What one criterion of a gate found.
 *
 * @param criterion name of the criterion, such as {@code pass-rate}
 * @param agent the agent it is about; empty if it is about all
 * @param verdict how it came out
 * @param measured what was seen, with its unit; {@code not measured} if nothing was
 * @param bound what is asked for
 * @param evidence one or two sentences: where the figure comes from and what it proves
 * @param remedy what to do; empty if there is nothing to do
 */
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

  /** Returns this with somebody's word in place of the proof. */
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
