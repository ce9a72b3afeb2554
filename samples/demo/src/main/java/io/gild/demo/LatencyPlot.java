package io.gild.demo;

import java.util.ArrayList;
import java.util.List;

/** The waiting times of customers: one histogram per run over the same logarithmic axis. */
final class LatencyPlot {

  private static final int WIDTH = 720;
  private static final int LEFT = 64;
  private static final int RIGHT = 16;
  private static final int PANEL = 150;
  private static final int TOP = 26;
  private static final int AXIS = 34;
  private static final int LABEL = 28;
  private static final int LOWEST_DECADE = -2;
  private static final int HIGHEST_DECADE = 4;
  private static final int BINS_PER_DECADE = 8;
  private static final int BINS = (HIGHEST_DECADE - LOWEST_DECADE) * BINS_PER_DECADE;

  private final Svg svg;
  private final double largestShare;

  private LatencyPlot(Svg svg, double largestShare) {
    this.svg = svg;
    this.largestShare = largestShare;
  }

  static String of(List<Runner.ScoredRun> runs) {
    int height = runs.size() * PANEL + AXIS;
    double largest = runs.stream().mapToDouble(run -> largestShare(run.run())).max().orElse(1);
    Svg svg = new Svg(WIDTH, height, "Distribution of latency before and after");
    LatencyPlot plot = new LatencyPlot(svg, largest);
    for (int decade = LOWEST_DECADE; decade <= HIGHEST_DECADE; decade++) {
      plot.tick(decade, height);
    }
    for (int i = 0; i < runs.size(); i++) {
      plot.panel(runs.get(i), i * PANEL);
    }
    return svg.end();
  }

  private void tick(int decade, int height) {
    double x = x(Math.pow(10, decade));
    svg.line("grid", x, TOP, x, height - AXIS);
    svg.text("tick", x, height - AXIS + 18, "middle", label(decade));
  }

  private void panel(Runner.ScoredRun scored, int offset) {
    Run run = scored.run();
    int bottom = offset + PANEL;
    int[] answered = new int[BINS];
    int[] failed = new int[BINS];
    for (Reply reply : run.replies()) {
      (reply.answer() == null ? failed : answered)[bin(reply.millis())]++;
    }
    for (int bin = 0; bin < BINS; bin++) {
      double good = heightOf(run, answered[bin]);
      double bad = heightOf(run, failed[bin]);
      double left = LEFT + bin * binWidth() + 1;
      column(run.label(), left, bottom, good, answered[bin] + " answered", bin);
      column("failed", left, bottom - good, bad, failed[bin] + " failed", bin);
    }
    svg.line("axis", LEFT, bottom, WIDTH - RIGHT, bottom);
    svg.text("label " + run.label(), LEFT - 10, bottom - 8, "end", run.label());
    marks(scored.figures(), offset + TOP, bottom);
  }

  private void column(
      String cssClass, double left, double bottom, double height, String count, int bin) {
    if (height > 0) {
      svg.bar(
          "fill-" + cssClass,
          left,
          bottom - height,
          binWidth() - 2,
          height,
          count + " in about " + Rows.millis(lowerEnd(bin)));
    }
  }

  private void marks(Figures figures, int top, int bottom) {
    List<String> names = List.of("p50", "p95", "p99");
    List<Double> values = List.of(figures.p50Millis(), figures.p95Millis(), figures.p99Millis());
    svg.text("mark-label", x(values.get(0)) + 2, top - 5, "end", names.get(0));
    double label = 0;
    for (int i = 0; i < names.size(); i++) {
      svg.line("mark", x(values.get(i)), top, x(values.get(i)), bottom);
      if (i > 0) {
        label = Math.max(x(values.get(i)) - 2, label + LABEL);
        svg.text("mark-label", label, top - 5, "start", names.get(i));
      }
    }
  }

  private double heightOf(Run run, int count) {
    return (PANEL - TOP - 8) * count / (run.replies().size() * largestShare);
  }

  private static double largestShare(Run run) {
    int[] bins = new int[BINS];
    run.replies().forEach(reply -> bins[bin(reply.millis())]++);
    int largest = 1;
    for (int count : bins) {
      largest = Math.max(largest, count);
    }
    return (double) largest / Math.max(1, run.replies().size());
  }

  private static int bin(double millis) {
    double decades = Math.log10(Math.max(millis, 1e-9)) - LOWEST_DECADE;
    return (int) Math.max(0, Math.min(BINS - 1, Math.floor(decades * BINS_PER_DECADE)));
  }

  private static double lowerEnd(int bin) {
    return Math.pow(10, LOWEST_DECADE + (double) bin / BINS_PER_DECADE);
  }

  private static double binWidth() {
    return (double) (WIDTH - LEFT - RIGHT) / BINS;
  }

  private static double x(double millis) {
    double decades = Math.log10(Math.max(millis, 1e-9)) - LOWEST_DECADE;
    double place = Math.max(0, Math.min(HIGHEST_DECADE - LOWEST_DECADE, decades));
    return LEFT + place * BINS_PER_DECADE * binWidth();
  }

  private static String label(int decade) {
    List<String> labels = new ArrayList<>(List.of("10 µs", "0.1 ms", "1 ms", "10 ms"));
    labels.addAll(List.of("100 ms", "1 s", "10 s"));
    return labels.get(decade - LOWEST_DECADE);
  }
}
