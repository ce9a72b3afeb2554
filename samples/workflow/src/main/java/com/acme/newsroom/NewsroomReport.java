package com.acme.newsroom;

import io.gild.config.Json;
import io.gild.orchestration.RunPicture;
import io.gild.orchestration.RunRecord;
import io.gild.orchestration.StepRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the newsroom did.
 *
 * @param runs a run for each article
 * @param scores the last score of each article, in the order of the runs
 * @param messages assignments that the broker kept
 * @param redeliveries deliveries after the first of a message
 * @param deadLetters messages that nobody could handle
 * @param kills how often a JVM was killed
 * @param traces traces with spans of all four JVMs
 * @param seconds wall time
 */
record NewsroomReport(
    List<RunRecord> runs,
    List<Integer> scores,
    int messages,
    int redeliveries,
    int deadLetters,
    int kills,
    long traces,
    double seconds) {

  private static final String AGENTS = "research writer reviewer";

  void print(PrintStream out) {
    out.println();
    out.printf("%-22s %8s %10s %12s %9s%n", "article", "quality", "revisions", "cost", "wall");
    for (int i = 0; i < runs.size(); i++) {
      RunRecord run = runs.get(i);
      out.printf(
          Locale.ROOT,
          "%-22s %8s %10d %12s %7.1f s%n",
          run.id(),
          scores.get(i) + "/10",
          revisions(run),
          dollars(run.cost()),
          seconds(run));
    }
    out.println();
    out.printf("%-12s %12s %10s %8s%n", "agent", "cost", "attempts", "tokens");
    costs()
        .forEach((agent, cost) ->
            out.printf(
                "%-12s %12s %10d %8d%n", agent, dollars(cost), attempts(agent), tokens(agent)));
    out.println();
    out.printf(
        Locale.ROOT,
        "messages: %d, redeliveries: %d, dead letters: %d, JVMs killed: %d, traces across all four"
            + " JVMs: %d, time: %.1f s%n",
        messages,
        redeliveries,
        deadLetters,
        kills,
        traces,
        seconds);
  }

  private static double seconds(RunRecord run) {
    Instant end = run.ended() == null ? Instant.now() : run.ended();
    return java.time.Duration.between(run.started(), end).toMillis() / 1e3;
  }

  private static long revisions(RunRecord run) {
    return run.steps().stream().filter(step -> step.path().endsWith("/write")).count();
  }

  private static String dollars(BigDecimal usd) {
    return "$" + usd.setScale(6, java.math.RoundingMode.HALF_UP).toPlainString();
  }

  /** Returns the agent that did a step; empty for a step of the coordinator. */
  private static String agent(StepRecord step) {
    String last = step.path().substring(step.path().lastIndexOf('/') + 1);
    return switch (last) {
      case "write" -> "writer";
      case "review" -> "reviewer";
      case "research" -> "research";
      default -> "";
    };
  }

  private Map<String, BigDecimal> costs() {
    Map<String, BigDecimal> costs = new LinkedHashMap<>();
    for (String agent : AGENTS.split(" ")) {
      costs.put(agent, BigDecimal.ZERO);
    }
    steps()
        .forEach(step -> costs.computeIfPresent(agent(step), (name, sum) -> sum.add(step.cost())));
    return costs;
  }

  private List<StepRecord> steps() {
    return runs.stream().flatMap(run -> run.steps().stream()).toList();
  }

  private int attempts(String agent) {
    return steps().stream()
        .filter(step -> agent(step).equals(agent))
        .mapToInt(StepRecord::attempts)
        .sum();
  }

  private long tokens(String agent) {
    return steps().stream()
        .filter(step -> agent(step).equals(agent))
        .mapToLong(StepRecord::tokens)
        .sum();
  }

  /** Writes {@code workflow.json} and {@code workflow.html}. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Map<String, Object> json = new LinkedHashMap<>();
    List<Object> articles = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      RunRecord run = runs.get(i);
      articles.add(
          Map.of(
              "id", run.id(),
              "state", run.state().name(),
              "quality", scores.get(i),
              "revisions", revisions(run),
              "costUsd", run.cost(),
              "seconds", seconds(run),
              "resumed", run.resumed()));
    }
    json.put("articles", articles);
    json.put("costUsdByAgent", costs());
    json.put("messages", messages);
    json.put("redeliveries", redeliveries);
    json.put("deadLetters", deadLetters);
    json.put("kills", kills);
    json.put("tracesAcrossAllJvms", traces);
    json.put("seconds", seconds);
    Files.writeString(folder.resolve("workflow.json"), Json.pretty(json));
    Files.writeString(folder.resolve("workflow.html"), html());
  }

  private String html() {
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<title>Newsroom</title><style>")
        .append(
            "body{font:14px/1.5 system-ui,sans-serif;color:#1f2328;margin:2rem auto;max-width:64rem}")
        .append(
            "svg{max-width:100%;height:auto}td,th{padding:.15rem .9rem .15rem 0;text-align:left}")
        .append("</style></head><body><h1>Newsroom</h1>")
        .append(
            String.format(
                Locale.ROOT,
                "<p>%d articles by four agents in four JVMs. JVMs killed: %d, messages: %d,"
                    + " redeliveries: %d, dead letters: %d, traces across all four JVMs: %d,"
                    + " time: %.1f&nbsp;s.</p>",
                runs.size(),
                kills,
                messages,
                redeliveries,
                deadLetters,
                traces,
                seconds))
        .append("<table><tr><th>agent</th><th>cost</th><th>attempts</th><th>tokens</th></tr>");
    costs()
        .forEach((agent, cost) ->
            page.append("<tr><td>" + agent + "</td><td>" + dollars(cost) + "</td><td>")
                .append(attempts(agent) + "</td><td>" + tokens(agent) + "</td></tr>"));
    page.append("</table>");
    for (int i = 0; i < runs.size(); i++) {
      RunRecord run = runs.get(i);
      page.append("<h2>" + run.id() + "</h2><p>Quality " + scores.get(i) + "/10, ")
          .append(revisions(run) + " revisions, " + dollars(run.cost()))
          .append(run.resumed() == 0 ? "" : ", resumed: " + run.resumed())
          .append("</p>")
          .append(RunPicture.svg(run, Instant.now()));
    }
    return page.append("</body></html>\n").toString();
  }
}
