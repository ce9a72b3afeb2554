package io.gild.gates;

import io.gild.config.Html;
import io.gild.config.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one self-contained page. Texts of agents are only data in it, and its content security
 * policy allows only its own script.
 */
final class HtmlReport {

  private HtmlReport() {}

  static String write(Report report) {
    String script = resource("report.js");
    Map<String, String> values = new HashMap<>();
    values.put("policy", "script-src 'sha256-" + sha256(script) + "'");
    values.put("style", resource("report.css"));
    values.put("script", script);
    values.put("title", Html.escape(report.title()));
    values.put("subtitle", subtitle(report));
    values.put("gate", gate(report.decision()));
    values.put("figures", figures(report.statistics()));
    values.put("baseline", baseline(report.comparison()));
    values.put("charts", charts(report));
    values.put("data", data(report));
    return fill(resource("report.html"), values);
  }

  /** Fills all places in one pass, so that an inserted text is not treated as a place. */
  private static String fill(String template, Map<String, String> values) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (int open = template.indexOf("{{"); open >= 0; open = template.indexOf("{{", from)) {
      int close = template.indexOf("}}", open);
      String name = template.substring(open + 2, close);
      out.append(template, from, open).append(values.getOrDefault(name, ""));
      from = close + 2;
    }
    return out.append(template.substring(from)).toString();
  }

  private static String subtitle(Report report) {
    String version = report.version().isEmpty() ? "" : "version " + report.version() + ", ";
    return Html.escape(version) + "<time>" + report.at() + "</time>";
  }

  private static String gate(@Nullable GateDecision decision) {
    if (decision == null) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    out.append(
        "<section aria-labelledby=\"gate\"><h2 id=\"gate\">Gate %s <span class=\"verdict %s\">%s</span></h2>"
            .formatted(decision.stage(), css(decision.verdict()), decision.verdict()));
    List<Finding> passed = new ArrayList<>();
    List<Finding> others = new ArrayList<>();
    decision.findings().stream()
        .sorted(Comparator.comparing(Finding::verdict).reversed())
        .forEach(each -> (each.verdict() == GateVerdict.PASSED ? passed : others).add(each));
    if (!others.isEmpty()) {
      findings(others, out);
    }
    if (!passed.isEmpty()) {
      out.append("<details").append(others.isEmpty() ? " open" : "").append("><summary>");
      out.append(Words.count(passed.size(), "finding")).append(" passed</summary>");
      findings(passed, out);
      out.append("</details>");
    }
    return out.append("</section>").toString();
  }

  private static void findings(List<Finding> findings, StringBuilder out) {
    out.append(
        "<div class=\"scroll\"><table class=\"findings\"><thead><tr><th>Verdict</th><th>Criterion</th>");
    out.append("<th>Agent</th><th>Measured</th><th>Required</th><th>Why</th></tr></thead><tbody>");
    for (Finding each : findings) {
      out.append("<tr><td><span class=\"verdict small ").append(css(each.verdict())).append("\">");
      out.append(each.verdict()).append("</span></td>");
      cell(each.criterion(), out);
      cell(each.agent().isEmpty() ? "all" : each.agent(), out);
      cell(each.measured().replace(">=", "≥").replace("<=", "≤"), out);
      cell(each.bound().replace(">=", "≥").replace("<=", "≤"), out);
      out.append("<td class=\"why\">").append(Html.escape(each.evidence()));
      if (!each.remedy().isEmpty()) {
        out.append(" <strong>").append(Html.escape(each.remedy())).append("</strong>");
      }
      out.append("</td></tr>");
    }
    out.append("</tbody></table></div>");
  }

  private static void cell(String text, StringBuilder out) {
    out.append("<td>").append(Html.escape(text)).append("</td>");
  }

  private static String css(GateVerdict verdict) {
    return switch (verdict) {
      case PASSED -> "good";
      case FAILED -> "bad";
      default -> "open";
    };
  }

  private static String figures(Statistics all) {
    List<String> figures = new ArrayList<>();
    Interval interval = all.interval(0.95);
    figure(
        "Golden tasks",
        String.valueOf(all.tasks().size()),
        Words.count(all.agents().size(), "agent"),
        figures);
    figure(
        "Pass rate",
        Words.percent(all.passRate()),
        Words.percent(interval.low()) + " to " + Words.percent(interval.high()) + " at 95 %",
        figures);
    if (all.repeats() > 1) {
      figure(
          "pass^" + all.repeats(),
          Words.percent(all.passHat(all.repeats())),
          "all runs of a task pass",
          figures);
    }
    figure("Flaky", String.valueOf(all.flaky().size()), "tasks whose runs disagree", figures);
    figure(
        "Undecided",
        String.valueOf(all.undecidedRuns()),
        "of " + all.runs().size() + " runs",
        figures);
    double cost = all.runs().stream().mapToDouble(run -> run.spent().costUsd().doubleValue()).sum();
    figure(
        "Cost",
        Words.usd(cost),
        Words.usd(cost / Math.max(1, all.runs().size())) + " per run",
        figures);
    return String.join("", figures);
  }

  private static void figure(String name, String value, String note, List<String> figures) {
    figures.add(
        "<div><dt>%s</dt><dd>%s</dd><dd class=\"note\">%s</dd></div>"
            .formatted(Html.escape(name), Html.escape(value), Html.escape(note)));
  }

  private static String baseline(@Nullable Comparison comparison) {
    if (comparison == null) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    out.append(
        "<section aria-labelledby=\"baseline\"><h2 id=\"baseline\">Beside the baseline</h2>");
    out.append("<dl class=\"pairs\">");
    pair("Regressed", names(comparison.regressed()), out);
    pair("Repaired", names(comparison.repaired()), out);
    pair("No result now", names(comparison.missing()), out);
    pair("New", names(comparison.added()), out);
    pair("McNemar", "mid-p %.3f".formatted(comparison.test().midP()), out);
    Reports.differences(comparison)
        .forEach((name, change) ->
            pair(Character.toUpperCase(name.charAt(0)) + name.substring(1), change, out));
    return out.append("</dl></section>").toString();
  }

  private static String names(List<TaskKey> keys) {
    return keys.isEmpty() ? "none" : keys.size() + ": " + Words.list(keys, 40);
  }

  private static void pair(String name, String value, StringBuilder out) {
    out.append(
        "<div><dt>%s</dt><dd>%s</dd></div>".formatted(Html.escape(name), Html.escape(value)));
  }

  private static String charts(Report report) {
    List<TaskResult> runs =
        report.statistics().runs().stream()
            .filter(run -> run.outcome() != Outcome.SKIPPED)
            .toList();
    List<Double> rates = new ArrayList<>();
    report.history().forEach(run -> rates.add(run.passRate()));
    rates.add(report.statistics().passRate());
    return Charts.passRates(rates)
        + Charts.histogram(
            "Latency",
            runs.stream().mapToDouble(run -> run.spent().latency().toNanos() / 1e9).toArray(),
            Words::seconds)
        + Charts.histogram(
            "Cost per run",
            runs.stream().mapToDouble(run -> run.spent().costUsd().doubleValue()).toArray(),
            Words::usd);
  }

  /** Writes data that cannot end its element: brackets of tags are escaped. */
  private static String data(Report report) {
    return Json.write(
            new PageData(report.statistics(), report.comparison(), report.history()).tasks())
        .replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e");
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource io/gild/gates/" + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Base64.getEncoder()
          .encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
