package io.gild.orchestration;

import io.gild.config.Experimental;
import io.gild.config.Html;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Draws a run as SVG: a bar for each step over time, with its duration, attempts and cost. */
@Experimental
public final class RunPicture {

  private static final int WIDTH = 960;
  private static final int NAMES = 260;
  private static final int FACTS = 220;
  private static final int ROW = 24;
  private static final int TOP = 34;
  private static final int BARS = WIDTH - NAMES - FACTS;
  private static final int MOST_NAME = 38;

  private RunPicture() {}

  /**
   * Draws a run.
   *
   * @param run the run
   * @param now the present, for steps that have not ended
   * @return an SVG element, to be written to a file or into a page
   */
  public static String svg(RunRecord run, Instant now) {
    Instant end = run.ended() == null ? now : run.ended();
    long whole = Math.max(1, Duration.between(run.started(), end).toNanos());
    int height = TOP + ROW * Math.max(1, run.steps().size()) + 10;
    StringBuilder svg = new StringBuilder();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
        .append(WIDTH + " " + height)
        .append("\" width=\"" + WIDTH + "\" height=\"" + height)
        .append("\" font-family=\"system-ui, sans-serif\" font-size=\"12\" role=\"img\">\n");
    svg.append("<title>" + Html.escape(run.workflow() + " " + run.id()) + "</title>\n");
    axis(svg, whole, height);
    int y = TOP;
    for (StepRecord step : run.steps()) {
      row(svg, run, step, now, whole, y);
      y += ROW;
    }
    return svg.append("</svg>\n").toString();
  }

  private static void axis(StringBuilder svg, long whole, int height) {
    for (int i = 0; i <= 4; i++) {
      int x = NAMES + BARS * i / 4;
      svg.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%d\" y1=\"24\" x2=\"%d\" y2=\"%d\" stroke=\"#d8dade\"/>"
                  + "<text x=\"%d\" y=\"16\" fill=\"#5b616b\" text-anchor=\"middle\">%s</text>%n",
              x,
              x,
              height - 6,
              x,
              text(Duration.ofNanos(whole * i / 4))));
    }
  }

  private static void row(
      StringBuilder svg, RunRecord run, StepRecord step, Instant now, long whole, int y) {
    long from = Math.max(0, Duration.between(run.started(), step.started()).toNanos());
    long took = step.duration(now).toNanos();
    double x = NAMES + (double) BARS * Math.min(from, whole) / whole;
    double width = Math.max(2, Math.min((double) BARS * took / whole, NAMES + BARS - x));
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"8\" y=\"%d\" fill=\"#1f2328\">%s<title>%s</title></text>"
                + "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"14\" rx=\"3\" fill=\"%s\">"
                + "<title>%s</title></rect>"
                + "<text x=\"%d\" y=\"%d\" fill=\"#5b616b\">%s</text>%n",
            y + 15,
            Html.escape(shortened(step.path())),
            Html.escape(step.path()),
            x,
            y + 4,
            width,
            color(step.state()),
            Html.escape(step.state() + (step.error() == null ? "" : ": " + step.error())),
            NAMES + BARS + 12,
            y + 15,
            Html.escape(facts(step, now))));
  }

  private static String facts(StepRecord step, Instant now) {
    StringBuilder facts = new StringBuilder(text(step.duration(now)));
    if (step.attempts() > 1) {
      facts.append(", " + step.attempts() + " attempts");
    }
    if (step.cost().signum() > 0) {
      facts.append(
          ", $"
              + step.cost().setScale(6, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString());
    }
    if (step.state() != StepRecord.State.FINISHED) {
      facts.append(", " + step.state().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
    return facts.toString();
  }

  private static String color(StepRecord.State state) {
    return switch (state) {
      case FINISHED -> "#2f855a";
      case RUNNING -> "#2b6cb0";
      case WAITING -> "#b7791f";
      case FAILED, NOT_COMPENSATED -> "#c53030";
      case COMPENSATED -> "#718096";
    };
  }

  static String text(Duration time) {
    double seconds = time.toNanos() / 1e9;
    if (seconds < 1) {
      return Math.round(seconds * 1000) + " ms";
    }
    return seconds < 120
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : String.format(Locale.ROOT, "%.1f min", seconds / 60);
  }

  private static String shortened(String path) {
    return path.length() <= MOST_NAME ? path : "…" + path.substring(path.length() - MOST_NAME + 1);
  }
}
