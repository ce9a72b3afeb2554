package io.gild.dashboards;

import io.gild.dashboards.Panel.Kind;

/** What the policies do: use, saturation and refusals of each. */
final class ReliabilityDashboard {

  private final Vocabulary meters;
  private final Metric requests;
  private final Metric http;
  private final Metric responses;
  private final Metric throttled;
  private final Metric breakers;
  private final Metric states;
  private final Metric active;
  private final Metric limit;
  private final Metric retried;
  private final Metric permits;

  private ReliabilityDashboard(Vocabulary meters) {
    this.meters = meters;
    requests = meters.chosen("gild.agent.requests");
    http = meters.chosen("gild.http.attempts");
    responses = meters.chosen("gild.http.responses");
    throttled = meters.chosen("gild.http.throttled");
    breakers = meters.chosen("gild.circuitbreaker.events");
    states = meters.chosen("gild.circuitbreaker.state");
    active = meters.chosen("gild.bulkhead.active");
    limit = meters.chosen("gild.bulkhead.limit");
    retried = meters.chosen("gild.retry.calls");
    permits = meters.chosen("gild.ratelimiter.permits");
  }

  static Dashboard of(Vocabulary meters) {
    ReliabilityDashboard panels = new ReliabilityDashboard(meters);
    return Dashboard.of(
            "gild-reliability",
            "Gild / Reliability",
            "What breakers, retries, limits and fallbacks do")
        .row(
            "Now",
            panels.openBreakers(),
            panels.rescued(),
            panels.fallbacks(),
            panels.replays(),
            panels.droppedTelemetry())
        .row("Requests", panels.attemptsPerCall(), panels.byClass(), panels.tooMany())
        .row("Breakers", panels.breakerStates(), panels.breakerEvents())
        .row("Policies", panels.secondChances(), panels.retries(), panels.refusals())
        .row("Saturation", panels.bulkheads(), panels.rateLimits(), panels.lostTelemetry())
        .row("Messages", panels.messages(), panels.waiting(), panels.deadLetters())
        .row("Runs of workflows", panels.activeRuns(), panels.runTimes(), panels.steps());
  }

  private Panel openBreakers() {
    return Panel.of(
            Kind.STAT,
            "Open breakers",
            Unit.NUMBER,
            5,
            "Methods whose circuit breaker is open in at least one JVM.")
        .query(
            "sum(max by (agent, method) (" + states.where("state", "=\"open\"").now() + "))",
            "open")
        .limits(1, 3);
  }

  private Panel rescued() {
    return Panel.of(
            Kind.STAT,
            "Rescued by retries",
            Unit.SHARE,
            5,
            "Share of the calls with a failed attempt that succeeded in the end.")
        .query(
            retried.sumBy(retried.where("outcome", "=\"recovered\"").increase(Metric.RANGE))
                + " / "
                + retried.sumBy(retried.increase(Metric.RANGE)),
            "rescued")
        .limits(0.9, 0.5);
  }

  private Panel fallbacks() {
    Metric answers = meters.chosen("gild.fallback.answers");
    return Panel.of(
            Kind.STAT,
            "Answered by fallbacks",
            Unit.NUMBER,
            5,
            "Calls in the chosen time that a fallback answered, because all else had failed.")
        .query(answers.sumBy(answers.increase(Metric.RANGE)), "answers");
  }

  private Panel replays() {
    Metric replays = meters.chosen("gild.effect.replays");
    return Panel.of(
            Kind.STAT,
            "Effects not repeated",
            Unit.NUMBER,
            5,
            "Side effects whose result was replayed when an attempt was repeated: each would have happened twice.")
        .query(replays.sumBy(replays.increase(Metric.RANGE)), "replayed");
  }

  private Panel droppedTelemetry() {
    Metric dropped = meters.chosen("gild.telemetry.dropped");
    return Panel.of(
            Kind.STAT,
            "Telemetry lost",
            Unit.NUMBER,
            4,
            "Spans, lines and series that were left out or put together, in the chosen time.")
        .query(dropped.sumBy(dropped.increase(Metric.RANGE)), "lost")
        .limits(1, 100);
  }

  private Panel attemptsPerCall() {
    return Panel.of(
            Kind.TIMESERIES,
            "Physical requests per call",
            Unit.NUMBER,
            8,
            "Requests to models per call. A rise without more work is a storm of retries.")
        .query(
            http.sumBy(http.rate(), "agent")
                + " / ("
                + requests.sumBy(requests.where("result", "=~\"success|failure\"").rate(), "agent")
                + " > 0)",
            "{{agent}}")
        .limits(3, 6);
  }

  private Panel byClass() {
    return Panel.of(
            Kind.TIMESERIES,
            "Responses by class",
            Unit.PER_SECOND,
            8,
            "Ends of physical requests per second: classes of status, or error without a response.")
        .query(responses.sumBy(responses.rate(), "result"), "{{result}}")
        .stackedUp();
  }

  private Panel tooMany() {
    return Panel.of(
            Kind.TIMESERIES,
            "Throttled by providers",
            Unit.PER_SECOND,
            8,
            "Requests per second that were answered with 429. Lower the rate limit or ask for a higher quota.")
        .query(
            throttled.sumBy(throttled.rate(), "gen_ai.provider.name"), "{{gen_ai_provider_name}}")
        .limits(0.1, 1);
  }

  private Panel breakerStates() {
    String open = states.where("state", "=\"open\"").now();
    String half = states.where("state", "=\"half_open\"").now();
    return Panel.of(
            Kind.STATES,
            "Breakers",
            Unit.NONE,
            16,
            "0 closed, 1 half open, 2 open: the worst of all JVMs.")
        .query(
            "max by (agent, method) (" + half + " + ignoring (state) 2 * " + open + ")",
            "{{agent}} {{method}}")
        .limits(1, 2);
  }

  private Panel breakerEvents() {
    return Panel.of(
            Kind.TIMESERIES,
            "Breaker events",
            Unit.EVENTS_PER_SECOND,
            8,
            "Opened, closed again, and attempts that an open breaker refused, per second.")
        .query(breakers.sumBy(breakers.rate(), "result"), "{{result}}");
  }

  private Panel secondChances() {
    Panel panel =
        Panel.of(
            Kind.TIMESERIES,
            "Retries, time limits, fail-overs, fallbacks",
            Unit.EVENTS_PER_SECOND,
            8,
            "How often policies acted, per second.");
    return with(
        panel,
        "retries",
        "gild.retry.attempts",
        "time limits",
        "gild.timelimiter.exceeded",
        "fail-overs",
        "gild.route.failovers",
        "fallbacks",
        "gild.fallback.answers");
  }

  private Panel retries() {
    return Panel.of(
            Kind.TIMESERIES,
            "Calls that were retried",
            Unit.EVENTS_PER_SECOND,
            8,
            "Calls with a failed attempt per second, by what their retries achieved.")
        .query(retried.sumBy(retried.rate(), "outcome"), "{{outcome}}")
        .stackedUp();
  }

  private Panel refusals() {
    Panel panel =
        Panel.of(
            Kind.TIMESERIES,
            "Refused by policy",
            Unit.EVENTS_PER_SECOND,
            8,
            "Calls per second that a policy refused.");
    return with(
        panel,
        "bulkhead",
        "gild.bulkhead.refused",
        "rate limit",
        "gild.ratelimiter.refused",
        "budget",
        "gild.budget.refused");
  }

  private Panel with(Panel panel, String... legendsAndMeters) {
    Panel all = panel;
    for (int i = 0; i < legendsAndMeters.length; i += 2) {
      Metric metric = meters.chosen(legendsAndMeters[i + 1]);
      all = all.query(metric.sumBy(metric.rate()), legendsAndMeters[i]);
    }
    return all;
  }

  private Panel bulkheads() {
    return Panel.of(
            Kind.TIMESERIES,
            "Bulkheads",
            Unit.SHARE,
            8,
            "Share of the places that are taken. A full bulkhead refuses calls or lets them wait.")
        .query(
            "max by (agent, method) (" + active.now() + " / " + limit.now() + ")",
            "{{agent}} {{method}}")
        .limits(0.8, 0.95);
  }

  private Panel rateLimits() {
    return Panel.of(
            Kind.TIMESERIES,
            "Calls left in the period",
            Unit.NUMBER,
            8,
            "Calls that rate limits still let through in the present period; below zero while calls wait.")
        .query("min by (agent, method) (" + permits.now() + ")", "{{agent}} {{method}}");
  }

  private Panel lostTelemetry() {
    Metric dropped = meters.chosen("gild.telemetry.dropped");
    return Panel.of(
            Kind.TIMESERIES,
            "Telemetry lost over time",
            Unit.EVENTS_PER_SECOND,
            8,
            "Spans, lines and series per second that were left out or put together, and why.")
        .query(dropped.sumBy(dropped.rate(), "signal", "reason"), "{{signal}}: {{reason}}")
        .limits(0.01, 1);
  }

  private Panel messages() {
    Metric delivered = meters.chosen("gild.broker.delivered");
    Metric again = meters.chosen("gild.broker.redelivered");
    return Panel.of(
            Kind.TIMESERIES,
            "Deliveries",
            Unit.EVENTS_PER_SECOND,
            8,
            "Deliveries of messages to handlers per second, repeated ones included and by themselves.")
        .query(delivered.sumBy(delivered.rate(), "subscription"), "{{subscription}}")
        .query(again.sumBy(again.rate(), "subscription"), "{{subscription}}, repeated");
  }

  private Panel waiting() {
    Metric queued = meters.chosen("gild.broker.queued");
    return Panel.of(
            Kind.TIMESERIES,
            "Messages that wait",
            Unit.NUMBER,
            8,
            "Messages that are not handled yet. A steady rise needs more handlers.")
        .query("max by (subscription) (" + queued.now() + ")", "{{subscription}}");
  }

  private Panel deadLetters() {
    Metric dead = meters.chosen("gild.broker.dead_letters");
    return Panel.of(
            Kind.BAR_GAUGE,
            "Dead letters",
            Unit.NUMBER,
            8,
            "Messages in the chosen time that are delivered no longer: look at them with \"gild dlq list\".")
        .query(
            dead.sumBy(dead.increase(Metric.RANGE), "subscription", "reason"),
            "{{subscription}}: {{reason}}")
        .limits(1, 10);
  }

  private Panel activeRuns() {
    Metric active = meters.chosen("gild.run.active");
    return Panel.of(
            Kind.TIMESERIES,
            "Runs under way",
            Unit.NUMBER,
            8,
            "Runs of workflows by state; waiting ones need a person.")
        .query(active.sumBy(active.now(), "workflow", "state"), "{{workflow}}: {{state}}");
  }

  private Panel runTimes() {
    Metric duration = meters.chosen("gild.run.duration");
    return Panel.of(
            Kind.TIMESERIES,
            "p95 of the time per run",
            Unit.SECONDS,
            8,
            "95 % of the runs that ended took at most so long.")
        .query(duration.quantile(0.95, "workflow"), "{{workflow}}");
  }

  private Panel steps() {
    Metric steps = meters.chosen("gild.run.steps");
    return Panel.of(
            Kind.TIMESERIES,
            "Steps",
            Unit.EVENTS_PER_SECOND,
            8,
            "Steps of runs that ended per second, by outcome.")
        .query(steps.sumBy(steps.rate(), "outcome"), "{{outcome}}")
        .stackedUp();
  }
}
