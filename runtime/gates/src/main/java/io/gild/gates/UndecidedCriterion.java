package io.gild.gates;

import java.util.ArrayList;
import java.util.List;

/**
 * Requires that almost every run of a golden task ended with a verdict, because other runs prove
 * nothing.
 */
record UndecidedCriterion(double atMost) implements Criterion {

  @Override
  public List<Finding> judge(GateEvidence evidence) {
    List<Finding> findings = new ArrayList<>();
    for (String agent : evidence.agents()) {
      Statistics own = evidence.statistics().of(agent);
      List<TaskKey> notRun = evidence.withoutResult(agent);
      int undecided = own.undecidedRuns() + notRun.size();
      int all = own.runs().size() + notRun.size();
      if (all > 0) {
        findings.add(judge(agent, own, notRun, undecided, all));
      }
    }
    return findings;
  }

  private Finding judge(
      String agent, Statistics own, List<TaskKey> notRun, int undecided, int all) {
    double share = (double) undecided / all;
    boolean few = share <= atMost;
    long unjudged =
        own.runs().stream().filter(run -> run.outcome() == Outcome.JUDGE_FAILED).count();
    long skipped = undecided - unjudged - notRun.size();
    String evidence =
        "%d not judged, %d skipped, %d without a result%s"
            .formatted(
                unjudged,
                skipped,
                notRun.size(),
                notRun.isEmpty() ? "." : ": " + Words.list(notRun, 5) + ".");
    return new Finding(
        "undecided",
        agent,
        few ? GateVerdict.PASSED : GateVerdict.BLOCKED,
        "%d of %s (%s)".formatted(undecided, Words.count(all, "run"), Words.percent(share)),
        "<= " + Words.percent(atMost),
        evidence,
        few ? "" : remedy(own));
  }

  private static String remedy(Statistics own) {
    return own.runs().stream()
        .filter(run -> Reports.outcome(run).equals("not judged"))
        .findFirst()
        .map(run -> "Look at " + run.key() + ": " + TextTable.line(run.message(), 300))
        .orElse("Run them again, all of them and with a judge that answers.");
  }
}
