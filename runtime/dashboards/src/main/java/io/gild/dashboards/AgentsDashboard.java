package io.gild.dashboards;

import io.gild.dashboards.Panel.Kind;

/** Rate, errors and duration of agents, and what is left of their objective. */
final class AgentsDashboard {

  private final Metric requests;
  private final CallOutcomes outcomes;
  private final Metric duration;
  private final Metric errors;
  private final Metric active;
  private final Metric score;
  private final Metric flags;

  private AgentsDashboard(Vocabulary meters) {
    requests = meters.chosen("gild.agent.requests");
    outcomes = new CallOutcomes(requests);
    duration = meters.chosen("gild.agent.duration");
    errors = meters.chosen("gild.agent.errors");
    active = meters.chosen("gild.agent.active");
    score = meters.chosen("gild.anomaly.score");
    flags = meters.chosen("gild.anomaly.detected");
  }

  static Dashboard of(Vocabulary meters) {
    AgentsDashboard panels = new AgentsDashboard(meters);
    return Dashboard.of(
            "gild-agents",
            "Gild / Agents",
            "How many calls there are, how many fail, how long they take")
        .row(
            "Now",
            panels.rate(),
            panels.success(),
            panels.budgetLeft(),
            panels.refused(),
            panels.slow(),
            panels.running())
        .row("Calls", panels.byResult(), panels.badByAgent(), panels.errorTypes())
        .row("Time", panels.quantiles(), panels.distribution(), panels.slowest())
        .row("Objective", panels.burn("1h", "1"), panels.burn("6h", "6"), panels.burn("3d", "72"))
        .row("Versions", panels.callsByVersion(), panels.badByVersion(), panels.timeByVersion())
        .row("Anomalies", panels.scores(), panels.flagsRaised());
  }

  private Panel rate() {
    return Panel.of(
            Kind.STAT,
            "Calls per second",
            Unit.PER_SECOND,
            4,
            "Calls of all chosen agents, with any outcome.")
        .query(requests.sumBy(requests.rate()), "calls");
  }

  private Panel success() {
    return Panel.of(
            Kind.STAT,
            "Success",
            Unit.SHARE,
            4,
            "Share of the calls that succeeded, of all that were not cancelled. A fallback or a cached answer is a success.")
        .query(outcomes.share("=\"success\"", Metric.RANGE), "success")
        .limits(0.99, 0.95);
  }

  private Panel budgetLeft() {
    return Panel.of(
            Kind.GAUGE,
            "Error budget left, 30 days",
            Unit.SHARE,
            4,
            "What is left of the failures that the objective allows in 30 days. At 0 the objective is missed: ship nothing risky.")
        .query(
            "clamp_min(1 - " + outcomes.share(CallOutcomes.BAD, "30d") + " / (1 - $slo), 0)",
            "left")
        .limits(0.25, 0.05);
  }

  private Panel refused() {
    return Panel.of(
            Kind.STAT,
            "Refused",
            Unit.SHARE,
            4,
            "Share of the calls that a policy refused: an open breaker, a full bulkhead, a rate limit, a budget. See the dashboard Reliability.")
        .query(outcomes.share("=\"refused\"", Metric.RANGE), "refused")
        .limits(0.001, 0.01);
  }

  private Panel slow() {
    return Panel.of(
            Kind.STAT,
            "p95 of the time per call",
            Unit.SECONDS,
            4,
            "95 % of the calls whose method ran took at most so long.")
        .query(duration.quantile(0.95), "p95")
        .limits(15, 60);
  }

  private Panel running() {
    return Panel.of(
            Kind.STAT, "Running now", Unit.NUMBER, 4, "Calls that have begun and not ended.")
        .query(active.sumBy(active.now()), "running");
  }

  private Panel byResult() {
    return Panel.of(
            Kind.TIMESERIES,
            "Calls by result",
            Unit.PER_SECOND,
            8,
            "Calls per second: success, failure, refused by a policy, cancelled by the caller.")
        .query(requests.sumBy(requests.rate(), "result"), "{{result}}")
        .stackedUp();
  }

  private Panel badByAgent() {
    return Panel.of(
            Kind.TIMESERIES,
            "Failed or refused, by agent",
            Unit.SHARE,
            8,
            "Share of each agent's calls that failed or were refused. One agent: look at its tools and prompt. All of one model: look at the provider.")
        .query(outcomes.badShare(Metric.RATE, "agent"), "{{agent}}")
        .limits(0.01, 0.05);
  }

  private Panel errorTypes() {
    return Panel.of(
            Kind.TIMESERIES,
            "Failures by type",
            Unit.EVENTS_PER_SECOND,
            8,
            "Failed calls per second by the class of the failure.")
        .query("topk(10, " + errors.sumBy(errors.rate(), "error.type") + ")", "{{error_type}}")
        .stackedUp();
  }

  private Panel quantiles() {
    return Panel.of(
            Kind.TIMESERIES,
            "Time per call",
            Unit.SECONDS,
            8,
            "Quantiles of the time of calls whose method ran. Exemplars lead to traces.")
        .query(duration.quantile(0.5), "p50")
        .query(duration.quantile(0.95), "p95")
        .query(duration.quantile(0.99), "p99")
        .limits(15, 60);
  }

  private Panel distribution() {
    return Panel.of(
            Kind.HEATMAP,
            "Distribution of times",
            Unit.SECONDS,
            8,
            "Calls by time. Two bands are two kinds of calls: compare them before a mean misleads.")
        .query("sum by (le) (" + duration.bucketIncrease(Metric.RATE) + ")", "{{le}}");
  }

  private Panel slowest() {
    return Panel.of(Kind.TIMESERIES, "p95 by agent", Unit.SECONDS, 8, "The ten slowest agents.")
        .query("topk(10, " + duration.quantile(0.95, "agent") + ")", "{{agent}}")
        .limits(15, 60);
  }

  private Panel burn(String window, String hours) {
    return Panel.of(
            Kind.BAR_GAUGE,
            "Burn rate, " + window,
            Unit.NUMBER,
            8,
            "How many times faster than allowed an agent uses up its error budget, over "
                + hours
                + (hours.equals("1") ? " hour" : " hours")
                + ". 1 uses exactly the budget in 30 days.")
        .query("topk(10, " + outcomes.badShare(window, "agent") + " / (1 - $slo))", "{{agent}}")
        .limits(1, 6);
  }

  private Panel callsByVersion() {
    return Panel.of(
            Kind.TIMESERIES,
            "Calls by version",
            Unit.PER_SECOND,
            8,
            "Calls per second of each version; a rollout shows as two of them.")
        .query(requests.sumBy(requests.rate(), "agent", "version"), "{{agent}} {{version}}")
        .stackedUp();
  }

  private Panel badByVersion() {
    return Panel.of(
            Kind.TIMESERIES,
            "Failed or refused, by version",
            Unit.SHARE,
            8,
            "Share of each version's calls that failed or were refused.")
        .query(outcomes.badShare(Metric.RATE, "agent", "version"), "{{agent}} {{version}}")
        .limits(0.01, 0.05);
  }

  private Panel timeByVersion() {
    return Panel.of(
            Kind.TIMESERIES,
            "p95 by version",
            Unit.SECONDS,
            8,
            "95 % of the calls of each version took at most so long.")
        .query(duration.quantile(0.95, "agent", "version"), "{{agent}} {{version}}")
        .limits(15, 60);
  }

  private Panel scores() {
    return Panel.of(
            Kind.TIMESERIES,
            "How unusual agents are",
            Unit.NUMBER,
            16,
            "Evidence that a signal of an agent changed, as a part of what raises a flag. The log and the console give the reason in words.")
        .query("topk(10, max by (agent, signal) (" + score.now() + "))", "{{agent}} {{signal}}")
        .limits(0.7, 1);
  }

  private Panel flagsRaised() {
    return Panel.of(
            Kind.BAR_GAUGE,
            "Flags raised",
            Unit.NUMBER,
            8,
            "Flags in the chosen time, by agent and signal.")
        .query(
            "topk(10, " + flags.sumBy(flags.increase(Metric.RANGE), "agent", "signal") + ")",
            "{{agent}} {{signal}}")
        .limits(1, 5);
  }
}
