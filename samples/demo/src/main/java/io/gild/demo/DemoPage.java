package io.gild.demo;

import io.gild.config.Html;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The comparison as one self-contained HTML file. */
final class DemoPage {

  private DemoPage() {}

  static String of(BeforeAndAfter comparison) {
    List<Runner.ScoredRun> runs = comparison.runs();
    return template()
        .replace("{{setting}}", setting(comparison))
        .replace("{{tiles}}", tiles(comparison))
        .replace("{{rows}}", rows(comparison))
        .replace("{{notes}}", notes(comparison))
        .replace("{{latency}}", LatencyPlot.of(runs))
        .replace("{{cost}}", CostPlot.of(runs))
        .replace("{{answers}}", MixPlot.answers(runs))
        .replace("{{requests}}", MixPlot.requests(runs))
        .replace("{{models}}", MixPlot.models(runs));
  }

  private static String setting(BeforeAndAfter comparison) {
    return comparison.setting().lines().stream()
        .map(line -> "<li>" + Html.escape(line) + "</li>")
        .collect(Collectors.joining());
  }

  private static String tiles(BeforeAndAfter comparison) {
    return tile(comparison, "answered correctly", f -> Rows.text("%.2f %%", 100 * f.successRate()))
        + tile(comparison, "cost", f -> f.costUsd() == null ? "–" : Rows.text("$%.2f", f.costUsd()))
        + tile(comparison, "latency p95", f -> Rows.millis(f.p95Millis()))
        + tile(
            comparison,
            "HTTP requests",
            f -> f.httpRequests() == null ? "–" : Rows.text("%,d", f.httpRequests()));
  }

  private static String tile(
      BeforeAndAfter comparison, String name, Function<Figures, String> value) {
    Runner.ScoredRun after = comparison.after();
    return """
    <div class="tile"><span>%s</span><s>%s</s><strong>%s</strong></div>
    """
        .formatted(
            name,
            value.apply(comparison.before().figures()),
            after == null ? "–" : value.apply(after.figures()));
  }

  private static String rows(BeforeAndAfter comparison) {
    return Rows.of(comparison).stream()
        .map(row ->
            "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td></tr>\n"
                .formatted(
                    Html.escape(row.name()), Html.escape(row.before()), Html.escape(row.after())))
        .collect(Collectors.joining());
  }

  private static String notes(BeforeAndAfter comparison) {
    Runner.ScoredRun after = comparison.after();
    if (after == null) {
      return "There is no after run to compare with.";
    }
    return Html.escape(Rows.attempts(after.figures()))
        + "<br>"
        + Html.escape(Rows.ledger(after.figures()));
  }

  private static String template() {
    try (InputStream in = DemoPage.class.getResourceAsStream("report.html")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
