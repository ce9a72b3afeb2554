package io.gild.gates;

import io.gild.gates.Gate.Decide;
import java.util.List;

/** Compares the pass rate of each agent, or the bound that it proves, with the gate's. */
record PassRateCriterion(double threshold, Decide decide, double confidence) implements Criterion {

  private static final String NAME = "pass-rate";

  PassRateCriterion(Gate gate) {
    this(gate.passRate(), gate.decide(), gate.confidence());
  }

  @Override
  public List<Finding> judge(GateEvidence evidence) {
    List<String> agents = evidence.agents();
    return agents.isEmpty()
        ? List.of(notMeasured("", "There are no golden tasks and no results."))
        : agents.stream().map(agent -> judge(agent, evidence.statistics().of(agent))).toList();
  }

  private Finding judge(String agent, Statistics own) {
    if (own.decided().isEmpty()) {
      return notMeasured(agent, "No golden task of the agent left a result with a verdict.");
    }
    double rate = own.passRate();
    double proven = own.lowerBound(confidence);
    GateVerdict verdict = verdict(rate, proven);
    return new Finding(
        NAME,
        agent,
        verdict,
        "%s, proves >= %s"
            .formatted(Words.percent(rate, threshold), Words.percent(proven, threshold)),
        bound(),
        evidence(own, verdict, proven),
        remedy(own, verdict));
  }

  private GateVerdict verdict(double rate, double proven) {
    if (rate < threshold - 1e-12) {
      return GateVerdict.FAILED;
    }
    return decide == Decide.RATE || proven >= threshold
        ? GateVerdict.PASSED
        : GateVerdict.NOT_ENOUGH_RUNS;
  }

  private String bound() {
    return decide == Decide.RATE
        ? ">= " + Words.percent(threshold) + " by rate"
        : ">= "
            + Words.percent(threshold)
            + " proven at "
            + Words.confidence(confidence)
            + " confidence";
  }

  private String evidence(Statistics own, GateVerdict verdict, double proven) {
    StringBuilder text = new StringBuilder(seen(own));
    if (own.retried() > 0) {
      text.append(
          ", after %s passed only when run again".formatted(Words.count(own.retried(), "run")));
    }
    text.append('.');
    if (verdict == GateVerdict.PASSED && decide == Decide.RATE && proven < threshold) {
      text.append(
          " Decided by the rate alone: at %s confidence it proves only %s%s."
              .formatted(
                  Words.confidence(confidence),
                  Words.percent(proven, threshold),
                  missing(own, "; ")));
    }
    return text.toString();
  }

  private static String seen(Statistics own) {
    List<TaskStats> tasks = own.decided();
    int runs = tasks.stream().mapToInt(TaskStats::decided).sum();
    int passes = tasks.stream().mapToInt(TaskStats::passes).sum();
    return runs == tasks.size()
        ? "%d of %s passed".formatted(passes, Words.count(runs, "golden task"))
        : "%d of %d runs of %s passed"
            .formatted(passes, runs, Words.count(tasks.size(), "golden task"));
  }

  private String remedy(Statistics own, GateVerdict verdict) {
    if (verdict == GateVerdict.FAILED) {
      return "Look at "
          + Words.list(
              own.decided().stream().filter(task -> task.rate() < 1).map(TaskStats::key).toList(),
              5)
          + ".";
    }
    if (verdict == GateVerdict.NOT_ENOUGH_RUNS) {
      return "Not enough runs to prove %s%s, or set decide: rate for this gate."
          .formatted(Words.percent(threshold), missing(own, ": "));
    }
    return "";
  }

  /** Returns how many more tasks would prove the threshold if their results were like these. */
  private String missing(Statistics own, String before) {
    int needed = Needed.tasks(own.rates(), threshold, confidence);
    if (needed == 0) {
      return before + "no number of tasks proves it at this rate";
    }
    int more = needed - own.decided().size();
    return "%s%d more %s needed, %d in all"
        .formatted(
            before,
            more,
            more == 1 ? "golden task like these is" : "golden tasks like these are",
            needed);
  }

  private Finding notMeasured(String agent, String evidence) {
    return Finding.notMeasured(
        NAME,
        agent,
        bound(),
        evidence,
        "Run the golden tasks before the gate, with io.gild:gild-evaluation among the test"
            + " dependencies.");
  }
}
