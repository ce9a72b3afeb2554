package io.gild.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the findings and the proposals as text in columns. */
final class InventoryText {

  private static final List<String> HEAD =
      List.of("model", "calls", "tokens in", "tokens out", "cost");

  private final List<String> lines = new ArrayList<>();

  private InventoryText() {}

  static List<String> of(InventoryData seen, List<Proposal> proposals, String yaml) {
    InventoryText text = new InventoryText();
    text.head(seen);
    seen.agents().forEach(text::agent);
    text.tools(seen.tools());
    text.title("Proposed gild.yaml");
    yaml.lines().forEach(text.lines::add);
    text.annotations(proposals);
    return text.lines;
  }

  private void head(InventoryData seen) {
    BigDecimal cost =
        seen.places().stream().map(ModelCalls::costUsd).reduce(BigDecimal.ZERO, BigDecimal::add);
    lines.add(
        "Seen in "
            + NumberText.seconds(seen.seconds())
            + " in JVM "
            + String.join(", ", seen.jvms())
            + ":");
    lines.add(
        "%s at %s of %s, %s, %s"
                .formatted(
                    NumberText.count(seen.calls(), "model call"),
                    NumberText.count(seen.places().size(), "place"),
                    NumberText.count(seen.agents().size(), "agent"),
                    NumberText.count(
                        seen.places().stream().mapToLong(ModelCalls::httpRequests).sum(),
                        "HTTP request"),
                    NumberText.dollars(cost))
            + unpriced(seen));
  }

  private static String unpriced(InventoryData seen) {
    String models =
        seen.places().stream()
            .flatMap(place -> place.models().stream())
            .filter(use -> use.unpriced() > 0)
            .map(ModelCalls.ModelUse::model)
            .distinct()
            .collect(Collectors.joining(", "));
    return models.isEmpty() ? "" : " without " + models + ", whose price is not known";
  }

  private void title(String title) {
    lines.add("");
    lines.add(title);
    lines.add("-".repeat(title.length()));
  }

  private void agent(SeenAgent agent) {
    title(agent.entry());
    boolean first = true;
    for (ModelCalls place : agent.places()) {
      if (!first) {
        lines.add("");
      }
      first = false;
      place(place);
    }
  }

  private void place(ModelCalls place) {
    lines.add(
        place.site()
            + (place.line() == 0 ? "" : ":" + place.line())
            + " calls "
            + place.api()
            + (place.streaming() ? ", streaming" : "")
            + " ("
            + (place.library().isEmpty() ? "library not known" : place.library())
            + ")");
    indented(
        "%s, %s failed (%s), %s repeated (%s), %s"
            .formatted(
                NumberText.count(place.calls(), "call"),
                NumberText.count(place.failed()),
                NumberText.percent(place.failed(), place.calls()),
                NumberText.count(place.repeats()),
                NumberText.percent(place.repeats(), place.calls()),
                NumberText.count(place.httpRequests(), "HTTP request")));
    indented(
        "latency p50 %s, p95 %s, p99 %s"
            .formatted(
                NumberText.millis(place.p50()),
                NumberText.millis(place.p95()),
                NumberText.millis(place.p99())));
    if (!place.retryLayers().isEmpty()) {
      indented("retries: " + place.retryLayers());
    }
    if (!place.failures().isEmpty()) {
      indented("failed with " + joined(place.failures()));
    }
    if (!place.tools().isEmpty()) {
      indented("requested tools: " + joined(place.tools()));
    }
    models(place.models());
  }

  private static String joined(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + " (" + NumberText.count(entry.getValue()) + ")")
        .collect(Collectors.joining(", "));
  }

  private void models(List<ModelCalls.ModelUse> models) {
    if (models.isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    for (ModelCalls.ModelUse use : models) {
      rows.add(
          List.of(
              use.model(),
              NumberText.count(use.calls()),
              NumberText.count(use.inputTokens()),
              NumberText.count(use.outputTokens()),
              use.unpriced() >= use.calls() ? "-" : NumberText.dollars(use.costUsd())));
    }
    Columns.of(rows).forEach(this::indented);
  }

  private void indented(String line) {
    lines.add("  " + line);
  }

  private void tools(Map<String, Long> tools) {
    if (tools.isEmpty()) {
      return;
    }
    title("Tools");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("tool", "runs", ""));
    tools.forEach((tool, runs) ->
        rows.add(
            List.of(
                tool,
                NumberText.count(runs),
                ToolNames.looksLikeSideEffect(tool) ? "looks like a side effect" : "")));
    lines.addAll(Columns.of(rows));
  }

  private void annotations(List<Proposal> proposals) {
    List<Proposal> some =
        proposals.stream()
            .filter(proposal -> !proposal.policies().isEmpty())
            .sorted(Comparator.comparing(proposal -> proposal.agent().entry()))
            .toList();
    if (some.isEmpty()) {
      return;
    }
    title("The same as annotations");
    String named = "";
    for (Proposal proposal : some) {
      String className = proposal.agent().className();
      if (!className.equals(named)) {
        lines.add(className);
        indented("@Agent(name = \"" + proposal.agent().name() + "\")");
        named = className;
      }
      lines.add(proposal.agent().entry());
      proposal.policies().forEach(policy -> indented(policy.annotation()));
    }
  }
}
