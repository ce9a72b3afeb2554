package io.gild.demo;

import io.gild.config.Html;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The parts of a whole: one stacked bar per run, with the counts in a legend below. */
final class MixPlot {

  private static final int WIDTH = 720;
  private static final int LEFT = 64;
  private static final int RIGHT = 70;
  private static final int BAR = 26;
  private static final int GAP = 12;
  private static final int GAP_BETWEEN_PARTS = 2;

  private MixPlot() {}

  /** Plots the outcomes of the questions. */
  static String answers(List<Runner.ScoredRun> runs) {
    return plot(
        runs,
        figures -> {
          Map<String, Integer> parts = new LinkedHashMap<>();
          parts.put("correct", figures.answeredCorrectly());
          parts.put("wrong", figures.answeredWrongly());
          parts.put("failed", figures.failed());
          return parts;
        },
        List.of("part-good", "part-warn", "part-bad"));
  }

  /** Plots the outcomes of the requests, from the provider's log. */
  static String requests(List<Runner.ScoredRun> runs) {
    return plot(
        runs,
        figures -> named(figures.requestOutcomes()),
        List.of("part-good", "part-warn", "part-bad", "part-a", "part-b", "part-c", "part-d"));
  }

  /** Plots which models answered. */
  static String models(List<Runner.ScoredRun> runs) {
    return plot(
        runs, Figures::modelMix, List.of("part-a", "part-b", "part-c", "part-d", "part-warn"));
  }

  private static String plot(
      List<Runner.ScoredRun> runs,
      Function<Figures, Map<String, Integer>> parts,
      List<String> colours) {
    Set<String> names = new LinkedHashSet<>();
    runs.forEach(run -> names.addAll(parts.apply(run.figures()).keySet()));
    List<String> order = new ArrayList<>(names);
    int largest = runs.stream().mapToInt(run -> sum(parts.apply(run.figures()))).max().orElse(1);
    Svg svg = new Svg(WIDTH, runs.size() * (BAR + GAP), String.join(", ", order));
    double y = 0;
    for (Runner.ScoredRun run : runs) {
      Map<String, Integer> own = parts.apply(run.figures());
      double x = LEFT;
      svg.text("label " + run.run().label(), LEFT - 10, y + 18, "end", run.run().label());
      for (String name : order) {
        int count = own.getOrDefault(name, 0);
        double width = (double) (WIDTH - LEFT - RIGHT) * count / Math.max(1, largest);
        String tooltip = Rows.text("%s %s: %,d", run.run().label(), name, count);
        double drawn = width > 2 * GAP_BETWEEN_PARTS ? width - GAP_BETWEEN_PARTS : width;
        svg.bar(colour(colours, order.indexOf(name)), x, y, drawn, BAR, tooltip);
        x += width;
      }
      svg.text("tick", x + 8, y + 18, "start", Rows.text("%,d", sum(own)));
      y += BAR + GAP;
    }
    return svg.end() + legend(runs, parts, order, colours);
  }

  private static String legend(
      List<Runner.ScoredRun> runs,
      Function<Figures, Map<String, Integer>> parts,
      List<String> order,
      List<String> colours) {
    StringBuilder legend = new StringBuilder("<ul class=\"legend\">");
    for (String name : order) {
      List<String> counts =
          runs.stream()
              .map(run -> Rows.text("%,d", parts.apply(run.figures()).getOrDefault(name, 0)))
              .toList();
      legend.append(
          "<li><i class=\"%s\"></i>%s <b>%s</b></li>"
              .formatted(
                  colour(colours, order.indexOf(name)),
                  Html.escape(name),
                  String.join(" → ", counts)));
    }
    return legend.append("</ul>").toString();
  }

  /** Gives the provider's faults readable names, the answered requests first. */
  private static Map<String, Integer> named(Map<String, Integer> outcomes) {
    Map<String, Integer> named = new LinkedHashMap<>();
    named.put("answered", outcomes.getOrDefault("OK", 0));
    putIfAny(named, outcomes, "STATUS_429", "429 rate limited");
    putIfAny(named, outcomes, "STATUS_503", "503 overloaded");
    putIfAny(named, outcomes, "STATUS_500", "500 internal error");
    putIfAny(named, outcomes, "RESET", "connection reset");
    putIfAny(named, outcomes, "OUTAGE", "outage");
    return named;
  }

  private static void putIfAny(
      Map<String, Integer> named, Map<String, Integer> outcomes, String fault, String name) {
    Integer count = outcomes.get(fault);
    if (count != null) {
      named.put(name, count);
    }
  }

  private static int sum(Map<String, Integer> parts) {
    return parts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static String colour(List<String> colours, int index) {
    return colours.get(index % colours.size());
  }
}
