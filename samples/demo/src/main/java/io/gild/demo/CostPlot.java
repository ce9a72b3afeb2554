package io.gild.demo;

import io.gild.testkit.LoggedRequest;
import java.util.List;
import java.util.Locale;

/** The provider's bill over the questions, one line per run. */
final class CostPlot {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 280;
  private static final int LEFT = 64;
  private static final int RIGHT = 110;
  private static final int TOP = 14;
  private static final int BOTTOM = 38;
  private static final int TICKS = 4;
  private static final int LINE = 18;

  private final Svg svg;
  private final double longest;
  private final double dearest;
  private double lastLabel = Double.NEGATIVE_INFINITY;

  private CostPlot(Svg svg, double longest, double dearest) {
    this.svg = svg;
    this.longest = longest;
    this.dearest = dearest;
  }

  static String of(List<Runner.ScoredRun> runs) {
    Svg svg = new Svg(WIDTH, HEIGHT, "Cumulated cost over time before and after");
    double longest = runs.stream().mapToDouble(run -> seconds(run.run().log())).max().orElse(1);
    double dearest = runs.stream().mapToDouble(run -> total(run.run().log())).max().orElse(1);
    CostPlot plot = new CostPlot(svg, TICKS * Math.ceil(longest / TICKS), nice(dearest));
    plot.grid();
    runs.forEach(run -> plot.curve(run.run()));
    return svg.end();
  }

  private void grid() {
    for (int i = 0; i <= TICKS; i++) {
      double money = dearest * i / TICKS;
      double time = longest * i / TICKS;
      svg.line(i == 0 ? "axis" : "grid", LEFT, y(money), WIDTH - RIGHT, y(money));
      svg.text("tick", LEFT - 8, y(money) + 4, "end", Rows.text("$%.2f", money));
      svg.text("tick", x(time), HEIGHT - BOTTOM + 18, "middle", Rows.text("%.0f s", time));
    }
  }

  private void curve(Run run) {
    if (run.log().isEmpty()) {
      return;
    }
    StringBuilder data = new StringBuilder();
    long first = run.log().get(0).arrivalNanos();
    double cost = 0;
    double seconds = 0;
    append(data, 'M', 0, 0);
    for (LoggedRequest request : run.log()) {
      cost += RunScorer.cost(request).doubleValue();
      seconds = (request.arrivalNanos() - first) / 1e9;
      append(data, 'L', seconds, cost);
    }
    svg.path("stroke-" + run.label(), data);
    svg.dot("fill-" + run.label(), x(seconds), y(cost));
    double label = Math.abs(y(cost) - lastLabel) < LINE ? lastLabel + LINE : y(cost);
    svg.text("label " + run.label(), x(seconds) + 10, label + 4, "start", labelled(run, cost));
    lastLabel = label;
  }

  private static String labelled(Run run, double cost) {
    return Rows.text("%s $%.3f", run.label(), cost);
  }

  private void append(StringBuilder data, char command, double seconds, double money) {
    data.append(String.format(Locale.ROOT, "%c%.1f %.1f", command, x(seconds), y(money)));
  }

  private double x(double seconds) {
    return LEFT + (WIDTH - LEFT - RIGHT) * seconds / longest;
  }

  private double y(double money) {
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * money / dearest;
  }

  private static double seconds(List<LoggedRequest> log) {
    return log.isEmpty()
        ? 1
        : (log.get(log.size() - 1).arrivalNanos() - log.get(0).arrivalNanos()) / 1e9;
  }

  private static double total(List<LoggedRequest> log) {
    return log.stream().mapToDouble(request -> RunScorer.cost(request).doubleValue()).sum();
  }

  /** Returns the end of an axis: the next value that four ticks divide into readable steps. */
  private static double nice(double value) {
    double magnitude = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-9))));
    for (double step : new double[] {1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10}) {
      if (value <= step * magnitude) {
        return step * magnitude;
      }
    }
    return 10 * magnitude;
  }
}
