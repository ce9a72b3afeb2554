package io.gild.cli;

import io.gild.config.Html;
import io.gild.config.Printable;
import io.gild.config.TokenKind;
import io.gild.ledger.CostForecast;
import io.gild.ledger.LedgerReport;
import io.gild.ledger.LedgerSums;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** Draws a report of costs: one SVG without references, in light and dark colours. */
final class CostPicture {

  private static final int WIDTH = 760;
  private static final int MARGIN = 24;
  private static final int NAMES = 230;
  private static final int NUMBERS = 90;
  private static final int ROW = 26;
  private static final int TREND = 170;
  private static final int LONGEST_NAME = 32;
  private static final int MOST_LABELS = 8;
  private static final String STYLE =
      """
      <style>
      text { font: 13px system-ui, sans-serif; fill: #24292f; }
      .title { font-size: 17px; font-weight: 600; }
      .quiet { fill: #57606a; font-size: 12px; }
      .page { fill: #ffffff; }
      .bar { fill: #0969da; }
      .waste { fill: #cf222e; }
      .axis { stroke: #d0d7de; }
      @media (prefers-color-scheme: dark) {
        text { fill: #e6edf3; }
        .quiet { fill: #9198a1; }
        .page { fill: #0d1117; }
        .bar { fill: #4493f8; }
        .waste { fill: #f85149; }
        .axis { stroke: #3d444d; }
      }
      </style>
      """;

  private final CostFigures figures;
  private final StringBuilder body = new StringBuilder();
  private int y = MARGIN;

  private CostPicture(CostFigures figures) {
    this.figures = figures;
  }

  static String of(CostFigures figures) {
    CostPicture picture = new CostPicture(figures);
    picture.head();
    picture.spenders();
    picture.trend();
    picture.foot();
    return picture.whole();
  }

  private String whole() {
    int height = y + MARGIN;
    String label =
        Html.escape("What model requests cost: " + CostFigures.dollars(figures.total().usd()));
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img" aria-label="%3$s">
    %4$s<rect class="page" width="%1$d" height="%2$d" rx="8"/>
    %5$s</svg>
    """
        .formatted(WIDTH, height, label, STYLE, body);
  }

  private void head() {
    LedgerSums total = figures.total();
    y += 12;
    text("title", MARGIN, y, "start", CostFigures.dollars(total.usd()) + " for model requests");
    y += 22;
    text(
        "quiet",
        MARGIN,
        y,
        "start",
        "%s to %s (%s), %s, %s tokens"
            .formatted(
                figures.from().toLocalDate(),
                figures.to().toLocalDate(),
                figures.zone(),
                NumberText.count(total.requests(), "request"),
                NumberText.count(
                    total.usage().get(TokenKind.INPUT) + total.usage().get(TokenKind.OUTPUT))));
    y += 18;
  }

  private void spenders() {
    List<LedgerReport.Row> rows = figures.topRows();
    BigDecimal most = most(rows);
    y += 16;
    text("quiet", MARGIN, y, "start", "by " + String.join(", ", figures.heads()));
    text("quiet", WIDTH - MARGIN, y, "end", "red: wasted on failed attempts");
    y += 8;
    for (LedgerReport.Row row : rows) {
      spender(String.join(" · ", named(figures.names(row))), row.sums(), most);
    }
    int hidden = figures.rows().size() - rows.size();
    if (hidden > 0) {
      spender(hidden + " more", figures.others(), most);
    }
  }

  private static List<String> named(List<String> names) {
    return names.stream().map(name -> name.isEmpty() ? "(unknown)" : name).toList();
  }

  private void spender(String name, LedgerSums sums, BigDecimal most) {
    double room = WIDTH - 2 * MARGIN - NAMES - NUMBERS;
    double width = Math.min(room, room * share(sums.usd(), most));
    double waste = Math.min(width, room * share(sums.wastedUsd(), most));
    text("", MARGIN, y + 17, "start", shortened(name));
    rect("bar", MARGIN + NAMES, y + 4, width, ROW - 9);
    rect("waste", MARGIN + NAMES + width - waste, y + 4, waste, ROW - 9);
    text("", WIDTH - MARGIN, y + 17, "end", CostFigures.dollars(sums.usd()));
    y += ROW;
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }

  private void trend() {
    List<LedgerReport.Row> rows = figures.steps();
    BigDecimal most = most(rows);
    if (rows.isEmpty() || most.signum() == 0) {
      return;
    }
    y += 28;
    text(
        "quiet",
        MARGIN,
        y,
        "start",
        "by "
            + figures.step().name().toLowerCase(Locale.ROOT)
            + ", at most "
            + CostFigures.dollars(most));
    y += 10;
    double step = (double) (WIDTH - 2 * MARGIN) / rows.size();
    int every = Math.max(1, (rows.size() + MOST_LABELS - 1) / MOST_LABELS);
    for (int i = 0; i < rows.size(); i++) {
      bar(rows.get(i), MARGIN + i * step, step, most, i % every == 0);
    }
    body.append(
        "<line class=\"axis\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n"
            .formatted(MARGIN, y + TREND, WIDTH - MARGIN, y + TREND));
    y += TREND + 22;
  }

  private void bar(
      LedgerReport.Row row, double x, double step, BigDecimal most, boolean isLabelled) {
    double height = TREND * share(row.sums().usd(), most);
    double waste = Math.min(height, TREND * share(row.sums().wastedUsd(), most));
    double width = Math.min(48, Math.max(1, step - 2));
    rect("bar", x + (step - width) / 2, y + TREND - height, width, height);
    rect("waste", x + (step - width) / 2, y + TREND - height, width, waste);
    if (isLabelled) {
      String name = CostText.period(row.period(), figures.step());
      text(
          "quiet",
          x + step / 2,
          y + TREND + 16,
          "middle",
          name.length() < 10 ? name : name.substring(name.length() - 5));
    }
  }

  private void foot() {
    CostForecast forecast = figures.forecast();
    y += 10;
    line(
        forecast == null
            ? "No forecast: it needs %d whole days, and there are %d."
                .formatted(CostForecast.FEWEST_DAYS, figures.wholeDays())
            : "Forecast to the end of the month: $%s, with a probability of 90 %% between $%s and $%s."
                .formatted(
                    forecast.expected().toPlainString(),
                    forecast.low().toPlainString(),
                    forecast.high().toPlainString()));
    LedgerSums total = figures.total();
    line(
        "Wasted on failed attempts: %s. Saved by caches and routes: %s."
            .formatted(
                CostFigures.dollars(total.wastedUsd()), CostFigures.dollars(total.savedUsd())));
    if (total.unpriced() > 0) {
      line(NumberText.count(total.unpriced(), "request") + " without a known price.");
    }
    if (total.lost() > 0) {
      line(NumberText.count(total.lost(), "request") + " could not be written to the ledger.");
    }
  }

  private void line(String text) {
    y += 18;
    text("quiet", MARGIN, y, "start", text);
  }

  private static BigDecimal most(List<LedgerReport.Row> rows) {
    BigDecimal most = BigDecimal.ZERO;
    for (LedgerReport.Row row : rows) {
      most = most.max(row.sums().usd());
    }
    return most;
  }

  private static double share(BigDecimal part, BigDecimal whole) {
    return whole.signum() == 0 ? 0 : part.divide(whole, MathContext.DECIMAL64).doubleValue();
  }

  private void text(String style, double x, double at, String anchor, String text) {
    body.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
            style,
            x,
            at,
            anchor,
            Html.escape(Printable.of(text))));
  }

  private void rect(String style, double x, double top, double width, double height) {
    if (width > 0 && height > 0) {
      body.append(
          String.format(
              Locale.ROOT,
              "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>%n",
              style,
              x,
              top,
              width,
              height));
    }
  }
}
