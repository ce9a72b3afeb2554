package io.gild.gates;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a summary for a pull request: what got worse first, details folded. */
final class MarkdownReport {

  private static final int MOST = 50;

  private MarkdownReport() {}

  static String write(Report report) {
    StringBuilder out = new StringBuilder();
    GateDecision decision = report.decision();
    out.append(
        decision == null
            ? "### Golden tasks of %s\n\n".formatted(escape(report.title()))
            : "### Gate %s: %s\n\n".formatted(decision.stage(), decision.verdict()));
    Comparison comparison = report.comparison();
    if (comparison != null) {
      baseline(comparison, out);
    }
    agents(report.statistics(), out);
    if (decision != null) {
      findings(decision, out);
    }
    details("did not pass", ConsoleReport.notPassed(report.statistics()), out);
    details("flaky", report.statistics().flaky(), out);
    return out.toString();
  }

  private static void baseline(Comparison comparison, StringBuilder out) {
    if (!comparison.regressed().isEmpty()) {
      out.append(
          "**%d regressed**: %s\n\n"
              .formatted(comparison.regressed().size(), codes(comparison.regressed())));
    }
    if (!comparison.missing().isEmpty()) {
      out.append(
          "**%d without a result now**: %s\n\n"
              .formatted(comparison.missing().size(), codes(comparison.missing())));
    }
    if (!comparison.repaired().isEmpty()) {
      out.append(
          "%d repaired: %s\n\n"
              .formatted(comparison.repaired().size(), codes(comparison.repaired())));
    }
    out.append("Beside the baseline: McNemar mid-p %.3f; ".formatted(comparison.test().midP()));
    out.append(
        Reports.differences(comparison).entrySet().stream()
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(Collectors.joining("; ")));
    out.append(".\n\n");
  }

  private static void agents(Statistics all, StringBuilder out) {
    out.append("| agent | tasks | passed | undecided | pass rate | proven at 95 % |\n");
    out.append("|---|--:|--:|--:|--:|--:|\n");
    for (String agent : all.agents()) {
      Statistics own = all.of(agent);
      out.append(
          "| %s | %d | %d of %d | %d | %s | %s |\n"
              .formatted(
                  escape(agent),
                  own.tasks().size(),
                  own.runs().stream().filter(TaskResult::passed).count(),
                  own.runs().size(),
                  own.undecidedRuns(),
                  Words.percent(own.passRate()),
                  Words.percent(own.lowerBound(0.95))));
    }
    out.append('\n');
  }

  private static void findings(GateDecision decision, StringBuilder out) {
    out.append(
        "<details%s><summary>%s of the gate</summary>\n\n"
            .formatted(
                decision.opens() ? "" : " open",
                Words.count(decision.findings().size(), "finding")));
    out.append("| verdict | criterion | agent | measured | required | what to do |\n");
    out.append("|---|---|---|---|---|---|\n");
    for (Finding each : decision.findings()) {
      out.append(
          "| %s | %s | %s | %s | %s | %s |\n"
              .formatted(
                  each.verdict() == GateVerdict.PASSED ? "passed" : "**" + each.verdict() + "**",
                  escape(each.criterion()),
                  escape(each.agent()),
                  escape(each.measured()),
                  escape(each.bound()),
                  escape(each.remedy())));
    }
    out.append("\n</details>\n\n");
  }

  private static void details(String what, List<TaskStats> tasks, StringBuilder out) {
    if (tasks.isEmpty()) {
      return;
    }
    out.append(
        "<details><summary>%s %s</summary>\n\n"
            .formatted(Words.count(tasks.size(), "golden task"), what));
    for (TaskStats task : tasks.subList(0, Math.min(MOST, tasks.size()))) {
      out.append(
          "- %s %d of %d: %s\n"
              .formatted(
                  code(task.key().toString()),
                  task.passes(),
                  task.decided(),
                  escape(TextTable.line(task.example().message(), 160))));
    }
    out.append(tasks.size() > MOST ? "- and " + (tasks.size() - MOST) + " more\n" : "");
    out.append("\n</details>\n\n");
  }

  private static String codes(List<TaskKey> keys) {
    String named =
        keys.stream()
            .limit(MOST)
            .map(key -> code(key.toString()))
            .collect(Collectors.joining(", "));
    return keys.size() > MOST ? named + " and " + (keys.size() - MOST) + " more" : named;
  }

  private static String code(String text) {
    return "`" + text.replaceAll("[`|\\s]+", " ") + "`";
  }

  /** Escapes the special characters of Markdown and HTML. */
  static String escape(String text) {
    return text.replaceAll("\\s+", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replaceAll("(?<!^)(?=[\\\\`*_|\\[\\]~])|^(?=[\\\\`*_|\\[\\]~#>])", "\\\\")
        .replace("@", "@\u200b"); // an answer must not mention users
  }
}
