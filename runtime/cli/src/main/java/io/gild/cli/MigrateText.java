package io.gild.cli;

import io.gild.recipes.Advice;
import io.gild.recipes.AgentReport;
import io.gild.recipes.MethodReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report of a migration, for people. */
final class MigrateText {

  private final List<MigratedModule> modules;
  private final MigrateFigures figures;
  private final boolean written;
  private final String apply;

  MigrateText(
      List<MigratedModule> modules, MigrateFigures figures, boolean written, String apply) {
    this.modules = modules;
    this.figures = figures;
    this.written = written;
    this.apply = apply;
  }

  String all() {
    return String.join("\n", lines()) + "\n";
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (MigratedModule module : modules) {
      lines.add(
          module.report().name()
              + ": "
              + module.outcome().text()
              + (module.detail().isEmpty() ? "" : " (" + module.detail() + ")"));
      for (AgentReport agent : module.report().agents()) {
        agent(agent, lines);
      }
      module.report().notes().forEach(note -> lines.add("  not touched: " + note));
    }
    lines.add(summary());
    lines.addAll(promise());
    return lines;
  }

  private void agent(AgentReport agent, List<String> lines) {
    lines.add(
        "  "
            + agent.className()
            + (agent.isGoverned() ? ": @Agent " + agent.name() : ": refused: " + agent.refusal()));
    for (MethodReport method : agent.methods()) {
      lines.add(
          "    %s, %s:%d, %s"
              .formatted(method.name(), agent.file(), method.line(), method.library()));
      for (Advice each : method.advice()) {
        lines.add(
            "      %s %s: %s (line %d)"
                .formatted(word(each.verdict()), each.policy(), each.reason(), each.line()));
      }
      figures.of(agent.className(), method.name()).forEach(line -> lines.add("      " + line));
    }
  }

  private String word(Advice.Verdict verdict) {
    return verdict == Advice.Verdict.APPLIED && !written
        ? "would apply"
        : verdict.name().toLowerCase(Locale.ROOT);
  }

  private long count(boolean governed) {
    return modules.stream()
        .flatMap(each -> each.report().agents().stream())
        .filter(each -> each.isGoverned() == governed)
        .count();
  }

  private String summary() {
    return NumberText.count(count(true), "agent")
        + " in "
        + NumberText.count(modules.size(), "module")
        + ", "
        + count(false)
        + " refused, "
        + modules.stream().mapToLong(each -> each.report().changed().size()).sum()
        + (written ? " files changed" : " files would change; --write changes them");
  }

  private List<String> promise() {
    return apply.equals("safe")
        ? List.of("Applied: @Agent and @CostTracked, which count and change no answer.")
        : List.of(
            "Applied: @Agent and @CostTracked, which count and change no answer, and @Retry in place"
                + " of loops that do the same. Risk: the last failed attempt no longer waits.");
  }

  String markdown() {
    StringBuilder text = new StringBuilder("# Migration\n\n" + summary() + ".\n\n");
    promise().forEach(line -> text.append(line).append("\n\n"));
    text.append("| agent | method | what | verdict | why |\n|---|---|---|---|---|\n");
    for (MigratedModule module : modules) {
      for (AgentReport agent : module.report().agents()) {
        rows(agent, text);
      }
    }
    text.append('\n');
    for (MigratedModule module : modules) {
      text.append("- ").append(module.report().name()).append(": ");
      text.append(module.outcome().text()).append('\n');
      module.report().notes().forEach(note -> text.append("  - ").append(note).append('\n'));
    }
    return text.toString();
  }

  private void rows(AgentReport agent, StringBuilder text) {
    if (!agent.isGoverned()) {
      row(text, agent.className(), "", "", "refused", agent.refusal());
    }
    for (MethodReport method : agent.methods()) {
      for (Advice each : method.advice()) {
        String why = each.reason() + " (" + agent.file() + ":" + each.line() + ")";
        row(text, agent.name(), method.name(), each.policy(), word(each.verdict()), why);
      }
      for (String line : figures.of(agent.className(), method.name())) {
        row(text, agent.name(), method.name(), "", "", line);
      }
    }
  }

  private static void row(StringBuilder text, String... cells) {
    for (String each : cells) {
      text.append("| ").append(each.replace("|", "\\|").replace("\n", " ")).append(' ');
    }
    text.append("|\n");
  }
}
