package io.gild.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The conditions that both runs share, printed beside every result. */
record RunConditions(
    int questions,
    double exactRepeats,
    double normalisedRepeats,
    double sameQuestionRepeats,
    boolean sdkRetries,
    boolean annotated,
    boolean real) {

  static RunConditions of(Workload workload, DemoOptions options) {
    return new RunConditions(
        workload.questions().size(),
        workload.exactRepeats(),
        workload.normalisedRepeats(),
        workload.sameQuestionRepeats(),
        options.sdkRetries(),
        options.annotated(),
        options.real());
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(format("%,d customer questions from a CLINC150 excerpt", questions));
    lines.add(
        format(
            "asked before: %.1f %% letter by letter, %.1f %% but for case, punctuation and spaces,"
                + " %.1f %% but for politeness too",
            100 * exactRepeats, 100 * normalisedRepeats, 100 * sameQuestionRepeats));
    if (real) {
      lines.add("a real model; only the intents are scored");
      return lines;
    }
    lines.add(
        format(
            "a loopback provider: %.0f %% of requests fail, latencies are scaled by %s",
            100 * Runner.FAULT_RATE, Runner.LATENCY_SCALE));
    if (sdkRetries) {
      lines.add(
          format(
              "the client's own retries are on (their waits are not scaled), and %s is out for"
                  + " requests %d to %d",
              DemoModel.LARGE.name(), Runner.OUTAGE_FIRST, Runner.OUTAGE_LAST));
    }
    return lines;
  }

  ObjectNode toJson() {
    ObjectNode json = JsonMappers.PRETTY.createObjectNode();
    json.put("questions", questions);
    json.put("seed", Runner.SEED);
    json.put("faultRate", Runner.FAULT_RATE);
    json.put("latencyScale", Runner.LATENCY_SCALE);
    json.put("sdkRetries", sdkRetries);
    json.put("annotated", annotated);
    json.put("realModel", real);
    json.putObject("repeatShare")
        .put("exact", exactRepeats)
        .put("normalised", normalisedRepeats)
        .put("sameQuestion", sameQuestionRepeats);
    return json;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
