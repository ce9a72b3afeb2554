package io.gild.gates;

import java.util.Arrays;
import java.util.List;

/** Compares the cost of runs of golden tasks with a limit. */
record CostCriterion(CostLimit limit) implements Criterion {

  private static final String NAME = "cost";

  @Override
  public List<Finding> judge(GateEvidence evidence) {
    return evidence.agents().stream()
        .map(agent -> judge(agent, evidence.statistics().of(agent).runs()))
        .toList();
  }

  private Finding judge(String agent, List<TaskResult> runs) {
    List<TaskResult> withRequests =
        runs.stream().filter(run -> run.spent().requests() > 0).toList();
    if (withRequests.isEmpty()) {
      return notMeasured(
          agent,
          "No run called a model.",
          "Run the golden tasks on governed agents or with the javaagent");
    }
    long unknown = withRequests.stream().filter(run -> !run.spent().costKnown()).count();
    if (unknown > 0) {
      return notMeasured(
          agent,
          "The cost of %d of %s is unknown: a model has no known price or reported no tokens."
              .formatted(unknown, Words.count(withRequests.size(), "run")),
          "Add the price under prices in gild.yaml, let the client request usage");
    }
    double[] costs =
        withRequests.stream()
            .mapToDouble(run -> run.spent().costUsd().doubleValue())
            .sorted()
            .toArray();
    double mean = Arrays.stream(costs).average().orElse(0);
    double p95 = costs[(int) Math.ceil(0.95 * costs.length) - 1];
    boolean low = mean <= limit.mean().doubleValue() && p95 <= limit.p95().doubleValue();
    return new Finding(
        NAME,
        agent,
        low ? GateVerdict.PASSED : GateVerdict.FAILED,
        "mean %s, p95 %s".formatted(Words.usd(mean), Words.usd(p95)),
        bound(),
        "Measured over %s that called a model.".formatted(Words.count(costs.length, "run")),
        low ? "" : "Route to smaller models, cache, or raise the limit.");
  }

  private Finding notMeasured(String agent, String evidence, String remedy) {
    return Finding.notMeasured(
        NAME, agent, bound(), evidence, remedy + ", or set cost: off for this gate.");
  }

  private String bound() {
    return "mean <= %s, p95 <= %s"
        .formatted(Words.usd(limit.mean().doubleValue()), Words.usd(limit.p95().doubleValue()));
  }
}
