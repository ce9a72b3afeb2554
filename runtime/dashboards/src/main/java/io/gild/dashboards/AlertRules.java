package io.gild.dashboards;

import io.gild.config.Experimental;
import io.gild.core.spi.MeterSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The recording and alert rules for Prometheus, with the objectives of each agent. */
@Experimental
public final class AlertRules {

  /**
   * A rule that records an expression under a name.
   *
   * @param name the name
   * @param expression PromQL
   */
  public record Recording(String name, String expression) {}

  private static final String ON = "job, agent";

  /** Calls in the long window below which no objective is judged: too few say nothing. */
  private static final int FEWEST_CALLS = 20;

  private final Vocabulary meters;
  private final Map<String, SloSettings> slos;
  private final SloSettings usual;
  private final List<Recording> recordings = new ArrayList<>();
  private final List<Alert> alerts = new ArrayList<>();

  private AlertRules(Vocabulary meters, Map<String, SloSettings> slos) {
    this.meters = meters;
    this.slos = new TreeMap<>(slos);
    SloSettings own = this.slos.remove(SloSettings.DEFAULT);
    this.usual = own == null ? SloSettings.SHIPPED : own.over(SloSettings.SHIPPED);
  }

  /**
   * Makes the rules.
   *
   * @param meters the declared meters
   * @param slos objectives by name of the agent, and {@code default}
   * @return the rules
   * @throws IllegalArgumentException if the latency of an objective is not a bound of the buckets
   */
  public static AlertRules of(Vocabulary meters, Map<String, SloSettings> slos) {
    AlertRules rules = new AlertRules(meters, slos);
    rules.record();
    rules.objectives();
    rules.alerts.addAll(new UsualAlerts(meters).all());
    return rules;
  }

  /**
   * Returns what is recorded.
   *
   * @return the recording rules
   */
  public List<Recording> recordings() {
    return List.copyOf(recordings);
  }

  /**
   * Returns the alerts.
   *
   * @return the alert rules
   */
  public List<Alert> alerts() {
    return List.copyOf(alerts);
  }

  private void record() {
    Metric requests = meters.all("gild.agent.requests");
    CallOutcomes outcomes = new CallOutcomes(requests);
    Metric duration = meters.all("gild.agent.duration");
    for (String window : BurnRate.WINDOWS) {
      recordings.add(
          new Recording(
              "gild:agent_error_ratio:rate" + window, outcomes.badShare(window, "job", "agent")));
    }
    for (String window : BurnRate.WINDOWS) {
      recordings.add(new Recording("gild:agent_slow_ratio:rate" + window, slow(duration, window)));
    }
    for (String window : List.of("1h", "6h", "1d", "3d")) {
      recordings.add(
          new Recording(
              "gild:agent_calls:increase" + window,
              requests.sumBy(outcomes.counted().increase(window), "job", "agent")));
    }
  }

  /** Returns the share of slow calls; agents with their own latency come first. */
  private String slow(Metric duration, String window) {
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, SloSettings> slo : slos.entrySet()) {
      if (slo.getValue().latency() != null) {
        parts.add(
            slow(
                duration.where("agent", "=" + quoted(slo.getKey())),
                slo.getValue().over(usual),
                window));
      }
    }
    List<String> own =
        slos.entrySet().stream()
            .filter(slo -> slo.getValue().latency() != null)
            .map(Map.Entry::getKey)
            .toList();
    parts.add(
        slow(own.isEmpty() ? duration : duration.where("agent", without(own)), usual, window));
    return String.join("\nor ", parts);
  }

  private String slow(Metric duration, SloSettings slo, String window) {
    return "1 - "
        + duration.sumBy(duration.upTo(bound(slo), window), "job", "agent")
        + " / "
        + duration.sumBy(duration.counts(window), "job", "agent");
  }

  private double bound(SloSettings slo) {
    MeterSpec spec = meters.spec("gild.agent.duration");
    Duration latency = slo.latency();
    double seconds = latency == null ? 0 : latency.toNanos() / 1e9;
    if (!spec.buckets().contains(seconds)) {
      double nearest =
          spec.buckets().stream()
              .min((a, b) -> Double.compare(Math.abs(a - seconds), Math.abs(b - seconds)))
              .orElseThrow();
      throw new IllegalArgumentException(
          "latency of an objective must be a bound of the buckets of %s, one of %s seconds, but is %s; the nearest is %s"
              .formatted(spec.name(), spec.buckets(), seconds, nearest));
    }
    return seconds;
  }

  private void objectives() {
    List<String> named = List.copyOf(slos.keySet());
    objective("", named.isEmpty() ? "" : "{agent" + without(named) + "}", usual);
    slos.forEach(
        (agent, slo) -> objective(agent, "{agent=" + quoted(agent) + "}", slo.over(usual)));
  }

  private void objective(String agent, String selector, SloSettings slo) {
    double availability = value(slo.availability());
    double share = value(slo.latencyShare());
    String name = agent.isEmpty() ? SloSettings.DEFAULT : agent;
    String of = agent.isEmpty() ? "" : " of " + agent;
    for (boolean page : List.of(true, false)) {
      alerts.add(
          burn(
                  page ? "GildErrorBudgetBurnFast" : "GildErrorBudgetBurnSlow",
                  "error",
                  page,
                  selector,
                  1 - availability)
              .objective(name)
              .summary(
                  "{{ $labels.agent }} fails {{ $value | humanizePercentage }} of its calls; the objective"
                      + of
                      + " is "
                      + percent(availability)
                      + ".")
              .runbook(
                  (page
                          ? "The error budget of 30 days is gone in days if this goes on. "
                          : "The error budget of 30 days will be used up. ")
                      + "Look at the dashboard Agents: one agent or all, one version or all, which type"
                      + " of error. Run \"gild console\" or \"gild top\" for the calls themselves. A new"
                      + " version is taken back by \"gild rollout rollback\"."));
    }
    for (boolean page : List.of(true, false)) {
      alerts.add(
          burn(
                  page ? "GildLatencyBudgetBurnFast" : "GildLatencyBudgetBurnSlow",
                  "slow",
                  page,
                  selector,
                  1 - share)
              .objective(name)
              .summary(
                  "{{ $value | humanizePercentage }} of the calls of {{ $labels.agent }} take longer than "
                      + BigDecimal.valueOf(bound(slo)).stripTrailingZeros().toPlainString()
                      + " s; the objective"
                      + of
                      + " allows "
                      + percent(1 - share)
                      + ".")
              .runbook(
                  "Look at the dashboard Models: is a model slower, or does the agent ask it more often?"
                      + " Retries and waits are on the dashboard Reliability. Routing to a faster tier and"
                      + " a time limit with a fallback help at once."));
    }
  }

  /** Returns an alert for which one of the pairs of windows is enough, if there are calls. */
  private static Alert.Builder burn(
      String name, String ratio, boolean page, String selector, double allowed) {
    List<String> pairs = new ArrayList<>();
    for (BurnRate rate : BurnRate.ALL) {
      if (rate.page() == page) {
        String limit = number(rate.factor() * allowed);
        String series = "gild:agent_" + ratio + "_ratio:rate";
        pairs.add(
            "("
                + series
                + rate.longWindow()
                + selector
                + " > "
                + limit
                + " and "
                + series
                + rate.shortWindow()
                + selector
                + " > "
                + limit
                + " and on ("
                + ON
                + ") gild:agent_calls:increase"
                + rate.longWindow()
                + " > "
                + FEWEST_CALLS
                + ")");
      }
    }
    Alert.Builder alert = Alert.named(name).when(String.join("\nor ", pairs));
    return page ? alert.page() : alert;
  }

  private static String without(List<String> agents) {
    return "!~" + quoted(String.join("|", agents.stream().map(AlertRules::literal).toList()));
  }

  /** Returns a name as a regular expression. */
  private static String literal(String name) {
    return name.replaceAll("[^A-Za-z0-9_ -]", "\\\\$0");
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  private static double value(@Nullable Double number) {
    return number == null ? 0 : number;
  }

  private static String percent(double share) {
    return number(share * 100) + " %";
  }

  /** Returns a number without the noise of its binary form. */
  private static String number(double value) {
    return BigDecimal.valueOf(Math.round(value * 1e9))
        .movePointLeft(9)
        .stripTrailingZeros()
        .toPlainString();
  }
}
