package io.gild.cli;

import io.gild.config.Durations;
import io.gild.core.Tier;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Proposes policies for the findings, but only those that the figures support. */
final class Proposer {

  /** Fewer calls than this are too few for shares and percentiles. */
  private static final int ENOUGH_CALLS = 20;

  /**
   * The cost of a shorter time cannot be scaled to an hour: it may be the one busy minute of the
   * day.
   */
  private static final int ENOUGH_SECONDS = 600;

  private static final double CACHE_FROM = 0.05;
  private static final int TIME_LIMIT_FACTOR = 3;

  /** The first calls of a JVM may take seconds, even if the percentile is lower. */
  private static final double SHORTEST_LIMIT_MILLIS = 5_000;

  private static final BigDecimal BUDGET_FACTOR = BigDecimal.valueOf(2);

  private final InventoryData seen;
  private final Map<String, Tier> tiers;

  Proposer(InventoryData seen, Map<String, Tier> tiers) {
    this.seen = seen;
    this.tiers = tiers;
  }

  List<Proposal> proposals() {
    return seen.agents().stream().map(this::propose).toList();
  }

  /** Returns the budgets that the proposals name, in dollars per hour. */
  Map<String, BigDecimal> budgets() {
    Map<String, BigDecimal> budgets = new LinkedHashMap<>();
    for (SeenAgent agent : seen.agents()) {
      if (governable(agent) && spends(agent) && seen.seconds() >= ENOUGH_SECONDS) {
        budgets.merge(agent.name(), perHour(agent).multiply(BUDGET_FACTOR), BigDecimal::add);
      }
    }
    budgets.replaceAll((name, limit) -> limit.round(new MathContext(2, RoundingMode.UP)));
    return budgets;
  }

  private static boolean governable(SeenAgent agent) {
    return agent.seenItself() && !agent.methodName().equals("main");
  }

  private Proposal propose(SeenAgent agent) {
    List<Proposal.Policy> policies = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    if (!governable(agent)) {
      notes.add("no method on the stack can be governed: only a lambda, or main");
      return new Proposal(agent, policies, notes);
    }
    if (agent.calls() < ENOUGH_CALLS) {
      notes.add(
          "only "
              + NumberText.count(agent.calls(), "call")
              + ", too few for shares and percentiles: cache, time limit, budget left out");
    } else {
      cache(agent, policies, notes);
      timeLimit(agent, policies, notes);
      budget(agent, policies, notes);
    }
    failures(agent, policies, notes);
    route(agent, policies, notes);
    return new Proposal(agent, List.copyOf(policies), List.copyOf(notes));
  }

  private static void cache(SeenAgent agent, List<Proposal.Policy> policies, List<String> notes) {
    if (agent.repeats() <= CACHE_FROM * agent.calls()) {
      return;
    }
    String figure =
        NumberText.percent(agent.repeats(), agent.calls())
            + " of "
            + NumberText.count(agent.calls(), "call")
            + " were exact repeats";
    if (agent.tools().stream().anyMatch(ToolNames::looksLikeSideEffect)) {
      notes.add(figure + "; no cache, since its tools seem to change something");
    } else if (agent.returnsNothing() || agent.streams()) {
      notes.add(figure + "; no cache, since its method does not return the answer as a whole");
    } else {
      policies.add(new Proposal.Policy("cache", "{ttl: 1h}", "@Cached(ttl = \"1h\")", figure));
    }
  }

  private static void timeLimit(
      SeenAgent agent, List<Proposal.Policy> policies, List<String> notes) {
    if (agent.asksSeveralTimes()) {
      notes.add("no time limit: one answer may take several calls of models");
      return;
    }
    if (agent.returnsNothing()) {
      return;
    }
    double wanted = agent.p99() * TIME_LIMIT_FACTOR;
    String limit = Durations.format(rounded(Math.max(wanted, SHORTEST_LIMIT_MILLIS)));
    String figure = "99 % of the calls ended within " + NumberText.millis(agent.p99());
    policies.add(
        new Proposal.Policy(
            "time-limit",
            "{timeout-duration: " + limit + "}",
            "@TimeLimit(timeoutDuration = \"" + limit + "\")",
            wanted < SHORTEST_LIMIT_MILLIS ? figure : figure + "; three times that"));
  }

  /** Rounds up: to tenths of a second below ten seconds, to seconds above. */
  private static Duration rounded(double millis) {
    long step = millis < 10_000 ? 100 : 1_000;
    return Duration.ofMillis(Math.max(1, (long) Math.ceil(millis / step)) * step);
  }

  private void budget(SeenAgent agent, List<Proposal.Policy> policies, List<String> notes) {
    if (!spends(agent)) {
      return;
    }
    if (seen.seconds() < ENOUGH_SECONDS) {
      notes.add(
          "no budget: "
              + NumberText.dollars(agent.costUsd())
              + " in "
              + NumberText.seconds(seen.seconds())
              + " cannot be scaled to an hour; watch for "
              + NumberText.seconds(ENOUGH_SECONDS)
              + " or longer");
    } else {
      policies.add(
          new Proposal.Policy(
              "cost",
              "{budget: " + agent.name() + "}",
              "@CostTracked(budget = \"" + agent.name() + "\")",
              NumberText.dollars(agent.costUsd())
                  + " in "
                  + NumberText.seconds(seen.seconds())
                  + ", "
                  + NumberText.dollars(perHour(agent))
                  + " per hour"));
    }
  }

  private static boolean spends(SeenAgent agent) {
    return agent.calls() >= ENOUGH_CALLS && agent.costUsd().signum() > 0;
  }

  private BigDecimal perHour(SeenAgent agent) {
    double hours = Math.max(1, seen.seconds()) / 3_600;
    return agent.costUsd().divide(BigDecimal.valueOf(hours), MathContext.DECIMAL32);
  }

  private static void failures(
      SeenAgent agent, List<Proposal.Policy> policies, List<String> notes) {
    String layers = agent.retryLayers();
    if (agent.failed() == 0 && layers.isEmpty()) {
      return;
    }
    String figure =
        (agent.calls() < ENOUGH_CALLS
                ? NumberText.count(agent.failed())
                : NumberText.percent(agent.failed(), agent.calls()))
            + " of "
            + NumberText.count(agent.calls(), "call")
            + " failed";
    if (!layers.isEmpty()) {
      notes.add("no retry, because the application retries already: " + layers);
    } else {
      policies.add(
          new Proposal.Policy("retry", "{max-attempts: 3}", "@Retry(maxAttempts = 3)", figure));
    }
    policies.add(new Proposal.Policy("circuit-breaker", "{}", "@CircuitBreaker", figure));
  }

  private void route(SeenAgent agent, List<Proposal.Policy> policies, List<String> notes) {
    List<String> known =
        tiers.values().stream().map(Tier::model).filter(agent.models()::contains).toList();
    if (known.size() > 1) {
      policies.add(
          new Proposal.Policy(
              "route",
              "{strategy: complexity}",
              "@Routed",
              "calls models of several tiers: " + String.join(", ", known)));
    } else if (known.size() == 1) {
      notes.add(
          known.get(0)
              + " is the model of one tier; \"route: {}\" would send simple questions to cheaper"
              + " ones: try it with golden tasks");
    }
  }
}
