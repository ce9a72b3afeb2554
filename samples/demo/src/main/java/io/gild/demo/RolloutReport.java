package io.gild.demo;

import io.gild.config.Html;
import io.gild.operations.RolloutPage;
import io.gild.operations.RolloutPicture;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The results of the rollouts as a table, a page and JSON. */
final class RolloutReport {

  private static final String ROW = "  %-10s %-12s %-22s %9s %9s %9s %7s %7s%n";

  private final List<CanaryOutcome> outcomes;

  RolloutReport(List<CanaryOutcome> outcomes) {
    this.outcomes = List.copyOf(outcomes);
  }

  void write(Path folder, PrintStream out) throws IOException {
    Path html = folder.resolve("rollout.html");
    Path json = folder.resolve("rollout.json");
    Files.createDirectories(folder);
    Files.writeString(html, page());
    Files.writeString(json, json());
    table(out);
    out.println();
    out.printf(
        "  %,d requests, %,d bad, %,d failed; %,d failed by the switches themselves%n",
        requests(), bad(), failed(), failedBySwitch());
    out.println("  picture  " + Home.shown(html));
    out.println("  figures  " + Home.shown(json));
  }

  private void table(PrintStream out) {
    out.println();
    out.printf(ROW, "", "", "", "seconds to", "last", "requests", "bad", "failed");
    out.printf(ROW, "version", "result", "decided by", "decision", "request", "met it", "", "");
    for (CanaryOutcome each : outcomes) {
      out.printf(
          ROW,
          each.which().title(),
          result(each),
          each.cause(),
          decimal(each.secondsToDecision()),
          each.which().isGood() ? "-" : decimal(each.secondsToLast()),
          each.met(),
          each.bad(),
          each.failed());
    }
  }

  private static String result(CanaryOutcome each) {
    return each.record().state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private long requests() {
    return outcomes.stream().mapToLong(each -> each.requests().size()).sum();
  }

  private long bad() {
    return outcomes.stream().mapToLong(CanaryOutcome::bad).sum();
  }

  private long failed() {
    return outcomes.stream().mapToLong(CanaryOutcome::failed).sum();
  }

  private long failedBySwitch() {
    return outcomes.stream().mapToLong(CanaryOutcome::failedBySwitch).sum();
  }

  private String json() throws IOException {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("scenarios", outcomes.stream().map(CanaryOutcome::fields).toList());
    result.put("requests", requests());
    result.put("badRequests", bad());
    result.put("failedRequests", failed());
    result.put("failedBySwitch", failedBySwitch());
    return JsonMappers.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n";
  }

  private String page() {
    RolloutPage page =
        RolloutPage.titled("Five new versions, four taken back").introducedBy(introduction());
    for (CanaryOutcome each : outcomes) {
      RolloutPicture picture = RolloutPicture.of(each.record());
      if (each.which() == CanaryCase.CRASHING) {
        picture = picture.withMark(each.fault(), "kill -9");
      }
      page = page.with(picture, remark(each));
    }
    return page.html();
  }

  private static String remark(CanaryOutcome each) {
    return each.which().isGood()
        ? String.format(
            Locale.ROOT,
            "Nothing is wrong: promoted after %.0f s and %,d requests.",
            each.secondsToDecision(),
            each.met())
        : String.format(
            Locale.ROOT,
            "The fault: %s. Decided after %.1f s; its last request was %.1f s after the fault began."
                + " %,d bad requests of %,d.",
            each.which().fault(),
            each.secondsToDecision(),
            each.secondsToLast(),
            each.bad(),
            each.requests().size());
  }

  private String introduction() {
    StringBuilder html = new StringBuilder();
    html.append(
        "<p>An unmodified agent runs twice behind HAProxy, the present version and a new one, with"
            + " Gild's javaagent attached. While customers send %d questions a second, <code>gild"
                .formatted(RolloutStage.REQUESTS_PER_SECOND)
            + " rollout start</code> gives the new version more and more of them, and compares.</p>");
    html.append("<div class=\"tiles\">");
    tile(html, "requests", requests());
    tile(html, "with a bad answer", bad());
    tile(html, "without an answer", failed());
    tile(html, "failed by a switch", failedBySwitch());
    html.append(
        "</div><section class=\"figures\"><div class=\"scroll\"><table><thead><tr><th>version</th>");
    html.append("<th>result</th><th>decided by</th><th class=\"number\">after</th>");
    html.append("<th class=\"number\">last request</th><th class=\"number\">bad</th>");
    html.append("</tr></thead><tbody>");
    outcomes.forEach(each -> row(html, each));
    return html.append("</tbody></table></div></section>").toString();
  }

  private static void tile(StringBuilder html, String name, long value) {
    html.append(
        String.format(
            Locale.ROOT,
            "<div class=\"tile\"><span>%s</span><strong>%,d</strong></div>",
            name,
            value));
  }

  private static void row(StringBuilder html, CanaryOutcome each) {
    html.append(
        String.format(
            Locale.ROOT,
            "<tr><td>%s: %s</td><td>%s</td><td>%s</td><td class=\"number\">%.1f s</td>"
                + "<td class=\"number\">%s</td><td class=\"number\">%,d</td></tr>",
            each.which().title(),
            Html.escape(each.which().fault()),
            result(each),
            Html.escape(each.cause()),
            each.secondsToDecision(),
            each.which().isGood() ? "–" : decimal(each.secondsToLast()) + " s",
            each.bad()));
  }
}
