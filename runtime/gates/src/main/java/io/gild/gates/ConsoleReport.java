package io.gild.gates;

import java.util.List;

/** Writes a summary in plain text. */
final class ConsoleReport {

  private static final int MOST = 20;

  /** Characters of a message; it is the last column. */
  private static final int LONGEST = 240;

  private ConsoleReport() {}

  static String write(Report report) {
    StringBuilder out = new StringBuilder();
    GateDecision decision = report.decision();
    if (decision != null) {
      gate(decision, out);
    }
    agents(report.statistics(), out);
    tasks("Not passed", notPassed(report.statistics()), out);
    tasks("Flaky", report.statistics().flaky(), out);
    Comparison comparison = report.comparison();
    if (comparison != null) {
      baseline(comparison, out);
    }
    return out.toString();
  }

  private static void gate(GateDecision decision, StringBuilder out) {
    out.append("Gate %s: %s".formatted(decision.stage(), decision.verdict()));
    out.append(decision.version().isEmpty() ? "" : " for version " + decision.version());
    out.append("\n\n");
    TextTable table = new TextTable();
    for (Finding each : decision.findings()) {
      table.row(
          each.verdict().toString(),
          each.criterion(),
          TextTable.line(each.agent().isEmpty() ? "all" : each.agent(), 30),
          TextTable.line(each.measured(), 50),
          TextTable.line(each.bound(), 60));
    }
    out.append(table.write());
    for (Finding each : decision.findings()) {
      boolean worthIt =
          each.verdict() != GateVerdict.PASSED || each.evidence().contains("rate alone");
      if (worthIt) {
        out.append("\n  %s: %s\n".formatted(each.subject(), each.evidence()));
        out.append(each.remedy().isEmpty() ? "" : "    " + each.remedy() + "\n");
      }
    }
    out.append('\n');
  }

  private static void agents(Statistics all, StringBuilder out) {
    out.append("Golden tasks\n\n");
    TextTable table =
        new TextTable()
            .row("agent", "tasks", "runs", "passed", "undecided", "pass rate", "95 % interval");
    for (String agent : all.agents()) {
      Statistics own = all.of(agent);
      Interval interval = own.interval(0.95);
      table.row(
          TextTable.line(agent, 30),
          String.valueOf(own.tasks().size()),
          String.valueOf(own.runs().size()),
          String.valueOf(own.runs().stream().filter(TaskResult::passed).count()),
          String.valueOf(own.undecidedRuns()),
          Words.percent(own.passRate()),
          Words.percent(interval.low()) + " to " + Words.percent(interval.high()));
    }
    out.append(table.write());
    if (all.repeats() > 1) {
      out.append(
          "\n  pass^%d: %s (all %d runs of a task pass)\n"
              .formatted(all.repeats(), Words.percent(all.passHat(all.repeats())), all.repeats()));
    }
  }

  static List<TaskStats> notPassed(Statistics all) {
    return all.tasks().stream().filter(task -> task.passes() == 0).toList();
  }

  private static void tasks(String heading, List<TaskStats> tasks, StringBuilder out) {
    if (tasks.isEmpty()) {
      return;
    }
    out.append("\n%s (%d)\n\n".formatted(heading, tasks.size()));
    TextTable table = new TextTable();
    for (TaskStats task : tasks.subList(0, Math.min(MOST, tasks.size()))) {
      table.row(
          TextTable.line(task.key().toString(), 50),
          task.passes() + " of " + task.decided(),
          Reports.outcome(task.example()),
          TextTable.line(task.example().message(), LONGEST));
    }
    out.append(table.write());
    out.append(tasks.size() > MOST ? "  and " + (tasks.size() - MOST) + " more\n" : "");
  }

  private static void baseline(Comparison comparison, StringBuilder out) {
    out.append(
        "\nBeside the baseline (%s)\n\n".formatted(Words.count(comparison.compared(), "task")));
    TextTable table = new TextTable();
    keys("regressed", comparison.regressed(), table);
    keys("repaired", comparison.repaired(), table);
    keys("missing now", comparison.missing(), table);
    keys("new", comparison.added(), table);
    table.row("McNemar", "mid-p %.3f".formatted(comparison.test().midP()));
    Reports.differences(comparison).forEach((name, change) -> table.row(name, change));
    out.append(table.write());
  }

  private static void keys(String name, List<TaskKey> keys, TextTable table) {
    if (!keys.isEmpty()) {
      table.row(name, keys.size() + ": " + Words.list(keys, MOST));
    }
  }
}
