package io.gild.gates;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Counts the golden tasks of each agent. */
record TestsCriterion(int atLeast) implements Criterion {

  private static final String NAME = "tests";

  @Override
  public List<Finding> judge(GateEvidence evidence) {
    if (evidence.declared().isEmpty()) {
      return List.of(
          Finding.notMeasured(
              NAME,
              "",
              bound(),
              "The agents are unknown.",
              "Give the gate the registry that the annotation processor wrote."));
    }
    return evidence.agents().stream().map(agent -> judge(agent, evidence)).toList();
  }

  private Finding judge(String agent, GateEvidence evidence) {
    Set<String> tasks =
        evidence.statistics().of(agent).tasks().stream()
            .map(task -> task.key().task())
            .collect(Collectors.toCollection(TreeSet::new));
    evidence.declared().stream()
        .filter(info -> info.name().equals(agent))
        .forEach(info -> tasks.addAll(info.tasks()));
    boolean enough = tasks.size() >= atLeast;
    return new Finding(
        NAME,
        agent,
        enough ? GateVerdict.PASSED : GateVerdict.FAILED,
        Words.count(tasks.size(), "golden task"),
        bound(),
        "Counted in the registry and the results.",
        enough ? "" : "Write " + (atLeast - tasks.size()) + " more with @GoldenTask or in a file.");
  }

  private String bound() {
    return ">= " + Words.count(atLeast, "golden task");
  }
}
