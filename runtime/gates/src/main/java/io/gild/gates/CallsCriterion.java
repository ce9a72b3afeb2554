package io.gild.gates;

import io.gild.config.Durations;
import io.gild.gates.Gate.Decide;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Judges error rate and latency of many calls, under load or in production. */
record CallsCriterion(
    String name,
    CallLimits limits,
    Decide decide,
    double confidence,
    boolean ofThisVersion,
    Function<GateEvidence, List<CallReport>> reports,
    String remedy)
    implements Criterion {

  @Override
  public List<Finding> judge(GateEvidence evidence) {
    Optional<CallReport> ofAll = latest(evidence, "");
    List<String> agents = evidence.agents();
    if (ofAll.isPresent() || agents.isEmpty()) {
      return List.of(judge("", ofAll.orElse(null), evidence));
    }
    return agents.stream()
        .map(agent -> judge(agent, latest(evidence, agent).orElse(null), evidence))
        .toList();
  }

  private Optional<CallReport> latest(GateEvidence evidence, String agent) {
    return reports.apply(evidence).stream()
        .filter(report -> report.agent().equals(agent))
        .max(Comparator.comparing(CallReport::finished));
  }

  private Finding judge(String agent, @Nullable CallReport report, GateEvidence evidence) {
    String unusable = report == null ? "There is no report." : unusable(report, evidence);
    if (report == null || !unusable.isEmpty()) {
      return Finding.notMeasured(name, agent, bound(), unusable, remedy);
    }
    double proven =
        decide == Decide.RATE
            ? report.errorRate()
            : Bounds.upper(report.errors(), report.calls(), confidence);
    GateVerdict verdict = verdict(report, proven);
    return new Finding(
        name,
        agent,
        verdict,
        "%s errors of %d calls, p95 <= %s"
            .formatted(share(report.errorRate()), report.calls(), Words.time(p95(report))),
        bound(),
        "From %s, ended %s. Errors are at most %s%s."
            .formatted(
                report.source(),
                report.finished(),
                share(proven),
                decide == Decide.RATE
                    ? ", by the rate alone"
                    : " at " + Words.confidence(confidence) + " confidence"),
        whatToDo(report, verdict));
  }

  /** Returns why a report does not count as a measurement; empty if it counts. */
  private String unusable(CallReport report, GateEvidence evidence) {
    List<String> why = new ArrayList<>();
    if (ofThisVersion && !report.version().equals(evidence.version())) {
      why.add(
          "it is of version \"%s\", not \"%s\"".formatted(report.version(), evidence.version()));
    }
    Duration age = Duration.between(report.finished(), evidence.now());
    if (age.compareTo(limits.within()) > 0) {
      why.add("it is older than " + Durations.format(limits.within()));
    }
    if (age.compareTo(Duration.ofMinutes(-5)) < 0) {
      why.add("it ends in the future, at " + report.finished());
    }
    if (report.calls() < limits.calls()) {
      why.add("it has %d calls, fewer than %d".formatted(report.calls(), limits.calls()));
    }
    if (report.p95() == null) {
      why.add("it holds no latency");
    }
    return why.isEmpty()
        ? ""
        : "The report from %s does not count: %s."
            .formatted(report.source(), String.join(", ", why));
  }

  private GateVerdict verdict(CallReport report, double proven) {
    boolean slow = p95(report).compareTo(limits.p95()) > 0;
    if (slow || report.errorRate() > limits.errorRate()) {
      return GateVerdict.FAILED;
    }
    return proven <= limits.errorRate() ? GateVerdict.PASSED : GateVerdict.NOT_ENOUGH_RUNS;
  }

  private String whatToDo(CallReport report, GateVerdict verdict) {
    if (verdict == GateVerdict.FAILED) {
      return p95(report).compareTo(limits.p95()) > 0
          ? "Find what is slow in the traces of the agent."
          : "Find what fails in the log of the agent.";
    }
    if (verdict != GateVerdict.NOT_ENOUGH_RUNS) {
      return "";
    }
    long needed = Needed.calls(report.calls(), report.errorRate(), limits.errorRate(), confidence);
    return needed == 0
        ? "No number of calls proves this bound at this error rate."
        : "%d more calls like these are needed.".formatted(needed - report.calls());
  }

  private String bound() {
    return "errors <= %s, p95 <= %s over >= %d calls"
        .formatted(share(limits.errorRate()), Words.time(limits.p95()), limits.calls());
  }

  /** Errors are rounded up, as the bound of passes is rounded down. */
  private static String share(double rate) {
    return "%s %%".formatted(Math.ceil(rate * 10_000 - 1e-6) / 100);
  }

  private static Duration p95(CallReport report) {
    return report.p95() == null ? Duration.ZERO : report.p95();
  }
}
