package io.gild.cli;

import io.gild.config.Settings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes proposals as a {@code gild.yaml} that Gild itself accepts. */
final class ProposedYaml {

  private final List<String> lines = new ArrayList<>();
  private final List<String> comments = new ArrayList<>();

  private ProposedYaml() {}

  /**
   * Writes proposals.
   *
   * @return the text of a file
   * @throws io.gild.config.SettingsException if it is invalid, which would be a bug in Gild
   */
  static String of(InventoryData seen, List<Proposal> proposals, Map<String, BigDecimal> budgets) {
    ProposedYaml yaml = new ProposedYaml();
    yaml.head(seen);
    yaml.agents(proposals);
    yaml.budgets(budgets);
    yaml.tools(seen.tools());
    String text = yaml.text();
    Settings.builder().yaml("gild.yaml", text).build();
    return text;
  }

  private void head(InventoryData seen) {
    line(
        "# Proposed by gild inventory after "
            + NumberText.count(seen.calls(), "model call")
            + " in "
            + NumberText.seconds(seen.seconds())
            + ".",
        "");
    line("mode: observe", "enforce, once you agree with what follows");
  }

  private void agents(List<Proposal> proposals) {
    if (proposals.isEmpty()) {
      return;
    }
    boolean titled = false;
    for (Proposal proposal : proposals) {
      if (proposal.policies().isEmpty()) {
        line("# " + proposal.agent().entry() + ":", "");
        proposal.notes().forEach(note -> line("#   " + note, ""));
        continue;
      }
      if (!titled) {
        line("agents:", "");
        titled = true;
      }
      line("  - match: " + quoted(proposal.agent().entry()), "");
      line("    name: " + quoted(proposal.agent().name()), "");
      for (Proposal.Policy policy : proposal.policies()) {
        line("    " + policy.key() + ": " + policy.value(), policy.reason());
      }
      proposal.notes().forEach(note -> line("    # " + note, ""));
    }
  }

  private void budgets(Map<String, BigDecimal> budgets) {
    if (budgets.isEmpty()) {
      return;
    }
    line("budgets:", "");
    budgets.forEach((name, limit) ->
        line(
            "  " + quoted(name) + ": {limit: " + limit.toPlainString() + ", period: 1h}",
            "dollars; twice what was seen"));
  }

  private void tools(Map<String, Long> tools) {
    List<String> changing = tools.keySet().stream().filter(ToolNames::looksLikeSideEffect).toList();
    if (changing.isEmpty()) {
      return;
    }
    line("tools:", "");
    for (String tool : changing) {
      line(
          "  - {match: " + quoted(tool) + ", effect: side-effect}",
          "seen " + NumberText.count(tools.getOrDefault(tool, 0L)) + "×; to be confirmed");
    }
  }

  private static String quoted(String text) {
    return text.matches("[A-Za-z_][\\w.$-]*(#[\\w$-]+)?") ? text : "'" + text + "'";
  }

  private void line(String text, String comment) {
    lines.add(text);
    comments.add(comment);
  }

  private String text() {
    int width = 0;
    for (int i = 0; i < lines.size(); i++) {
      width = comments.get(i).isEmpty() ? width : Math.max(width, lines.get(i).length());
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      text.append(line);
      if (!comments.get(i).isEmpty()) {
        text.append(" ".repeat(width - line.length())).append("  # ").append(comments.get(i));
      }
      text.append('\n');
    }
    return text.toString();
  }
}
