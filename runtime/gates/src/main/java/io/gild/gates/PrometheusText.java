package io.gild.gates;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the calls of agents in metrics, in the text format of Prometheus or OpenMetrics. */
final class PrometheusText {

  private static final String REQUESTS = "gild_agent_requests_total";
  private static final String SHADOW = "-shadow";
  private static final String BUCKETS = "gild_agent_duration_seconds_bucket";

  /** The metrics of an agent. */
  private static final class Sums {
    long calls;
    long errors;
    final TreeMap<Double, Double> buckets = new TreeMap<>();
  }

  private record Sample(String name, Map<String, String> labels, double value) {

    String label(String key) {
      return labels.getOrDefault(key, "");
    }
  }

  private PrometheusText() {}

  static List<CallReport> read(String source, String text, Instant at) {
    Map<String, Sums> agents = new TreeMap<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.startsWith(REQUESTS) || line.startsWith(BUCKETS)) {
        try {
          add(sample(line), agents);
        } catch (RuntimeException wrong) {
          throw new IllegalArgumentException(
              "%s:%d: not a metric of Gild: %s".formatted(source, number, line), wrong);
        }
      }
    }
    List<CallReport> reports = new ArrayList<>();
    agents.forEach((agent, sums) ->
        reports.add(new CallReport(source, agent, "", at, sums.calls, sums.errors, p95(sums))));
    return reports;
  }

  private static void add(Sample sample, Map<String, Sums> agents) {
    if (sample.label("version").endsWith(SHADOW)) {
      return; // no caller got these answers
    }
    Sums sums = agents.computeIfAbsent(sample.label("agent"), agent -> new Sums());
    if (sample.name().equals(BUCKETS)) {
      String bound = sample.label("le");
      double seconds = bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
      sums.buckets.merge(seconds, sample.value(), Double::sum);
      return;
    }
    switch (sample.label("result")) {
      case "success" -> sums.calls += (long) sample.value();
      case "failure", "refused" -> {
        sums.calls += (long) sample.value();
        sums.errors += (long) sample.value();
      }
      default -> {} // a cancellation is not evidence about the agent
    }
  }

  /** Returns the bound of the first bucket that holds 95 % of the calls: never too small. */
  private static @Nullable Duration p95(Sums sums) {
    double all = sums.buckets.getOrDefault(Double.POSITIVE_INFINITY, 0.0);
    for (Map.Entry<Double, Double> bucket : sums.buckets.entrySet()) {
      if (all > 0 && bucket.getValue() >= 0.95 * all) {
        return bucket.getKey().isInfinite()
            ? Duration.ofDays(365)
            : Duration.ofNanos(Math.round(bucket.getKey() * 1e9));
      }
    }
    return null;
  }

  /** Reads {@code name{label="value",...} number}. */
  private static Sample sample(String line) {
    int open = line.indexOf('{');
    Map<String, String> labels = new HashMap<>();
    int at = open + 1;
    while (line.charAt(at) != '}') {
      int equals = line.indexOf('=', at);
      String key = line.substring(at, equals);
      StringBuilder value = new StringBuilder();
      at = equals + 2;
      while (line.charAt(at) != '"') {
        char c = line.charAt(at++);
        if (c == '\\') {
          char escaped = line.charAt(at++);
          c = escaped == 'n' ? '\n' : escaped;
        }
        value.append(c);
      }
      labels.put(key.strip(), value.toString());
      at++;
      if (line.charAt(at) == ',') {
        at++;
      }
    }
    String number = line.substring(at + 1).strip().split(" ", 2)[0];
    return new Sample(line.substring(0, open), labels, Double.parseDouble(number));
  }
}
