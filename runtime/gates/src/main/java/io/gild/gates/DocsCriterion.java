package io.gild.gates;

import java.nio.file.Path;
import java.util.List;

/** Checks that each agent has a description. */
record DocsCriterion() implements Criterion {

  private static final String NAME = "docs";
  private static final String BOUND = "a description";

  @Override
  public List<Finding> judge(GateEvidence evidence) {
    if (evidence.declared().isEmpty()) {
      return List.of(
          Finding.notMeasured(
              NAME,
              "",
              BOUND,
              "The agents are unknown.",
              "Give the gate the registry that the annotation processor wrote."));
    }
    return evidence.declared().stream().map(agent -> judge(agent, evidence)).toList();
  }

  private static Finding judge(AgentInfo agent, GateEvidence evidence) {
    Path file = evidence.docsOf(agent.name());
    boolean described = !agent.description().isBlank();
    String found = described ? "in @Agent" : file != null ? "in " + file : "none";
    return new Finding(
        NAME,
        agent.name(),
        described || file != null ? GateVerdict.PASSED : GateVerdict.FAILED,
        found,
        BOUND,
        described ? agent.description() : "",
        described || file != null
            ? ""
            : "Write @Agent(description = \"...\") or docs/agents/" + agent.name() + ".md.");
  }
}
