package io.gild.gates;

import io.gild.config.Html;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Draws small figures as SVG that takes its colors from the page. */
final class Charts {

  private static final int WIDTH = 320;
  private static final int HEIGHT = 120;
  private static final int BASE = 96;
  private static final int TOP = 22;
  private static final int BARS = 32;

  private Charts() {}

  /** Draws a histogram, with median and 95 % marked. */
  static String histogram(String title, double[] values, DoubleFunction<String> unit) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    if (sorted.length == 0 || sorted[sorted.length - 1] == 0) {
      return figure(title, "nothing measured", "");
    }
    double p50 = quantile(sorted, 0.5);
    double p95 = quantile(sorted, 0.95);
    double top = sorted[sorted.length - 1];
    int[] counts = new int[BARS];
    for (double value : sorted) {
      counts[Math.min(BARS - 1, (int) (value / top * BARS))]++;
    }
    int most = Arrays.stream(counts).max().orElse(1);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < BARS; i++) {
      if (counts[i] > 0) {
        double height = Math.max(1.5, (double) counts[i] / most * (BASE - TOP));
        out.append(
            svg(
                "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                i * 10.0 + 0.5, BASE - height, 9.0, height));
      }
    }
    mark(p95 / top * WIDTH, "p95 " + unit.apply(p95), out);
    axis("0", unit.apply(top), out);
    String summary = "median %s, at most %s".formatted(unit.apply(p50), unit.apply(top));
    return figure(title, summary, out.toString());
  }

  /** Draws pass rates of runs, this run last. */
  static String passRates(List<Double> rates) {
    if (rates.size() < 2) {
      return figure("Pass rate over runs", "no earlier runs", "");
    }
    double low = Math.min(0.5, rates.stream().mapToDouble(rate -> rate).min().orElse(0));
    StringBuilder path = new StringBuilder();
    double x = 0;
    double y = 0;
    for (int i = 0; i < rates.size(); i++) {
      x = 4 + (double) i / (rates.size() - 1) * (WIDTH - 8);
      y = BASE - (rates.get(i) - low) / (1 - low) * (BASE - TOP);
      path.append(svg(i == 0 ? "M%.1f %.1f" : " L%.1f %.1f", x, y));
    }
    StringBuilder out = new StringBuilder();
    out.append("<path class=\"line\" d=\"").append(path).append("\"/>");
    out.append(svg("<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>", x, y));
    out.append(
        svg("<line class=\"rule\" x1=\"0\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>", WIDTH, TOP, TOP));
    out.append("<text x=\"0\" y=\"16\">100 %</text>");
    out.append(svg("<text x=\"0\" y=\"%d\">%s</text>", BASE - 5, Words.percent(low)));
    axis(Words.count(rates.size() - 1, "run") + " ago", "now", out);
    String summary =
        "from %s to %s in %s"
            .formatted(
                Words.percent(rates.get(0)),
                Words.percent(rates.get(rates.size() - 1)),
                Words.count(rates.size(), "run"));
    return figure("Pass rate over runs", summary, out.toString());
  }

  private static void mark(double x, String label, StringBuilder out) {
    out.append(
        svg(
            "<line class=\"mark\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
            x, x, TOP - 4, BASE));
    boolean right = x > WIDTH * 0.6;
    out.append(
        svg(
            "<text class=\"gold\" x=\"%.1f\" y=\"14\" text-anchor=\"%s\">%s</text>",
            Math.min(WIDTH, Math.max(0, x)), right ? "end" : "start", Html.escape(label)));
  }

  private static void axis(String left, String right, StringBuilder out) {
    out.append(
        svg("<line class=\"rule\" x1=\"0\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>", WIDTH, BASE, BASE));
    out.append(svg("<text x=\"0\" y=\"%d\">%s</text>", BASE + 16, Html.escape(left)));
    out.append(
        svg(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
            WIDTH, BASE + 16, Html.escape(right)));
  }

  private static String figure(String title, String summary, String content) {
    String drawing =
        content.isEmpty()
            ? ""
            : "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s: %s\">%s</svg>"
                .formatted(WIDTH, HEIGHT, Html.escape(title), Html.escape(summary), content);
    return "<figure><figcaption><b>%s</b> %s</figcaption>%s</figure>"
        .formatted(Html.escape(title), Html.escape(summary), drawing);
  }

  /** Returns the smallest value that a share of the sorted values does not exceed. */
  static double quantile(double[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  private static String svg(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
