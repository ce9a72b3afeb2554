package io.gild.dashboards;

import io.gild.dashboards.Panel.Kind;

/** Where the money goes, what is saved, and what budgets have left. */
final class CostDashboard {

  private static final String PER_HOUR = " * 3600";

  private final Metric cost;
  private final Metric requests;
  private final Metric models;
  private final Metric unpriced;
  private final Metric saved;
  private final Metric cache;
  private final Metric tokens;
  private final Metric special;
  private final Metric spent;
  private final Metric limit;
  private final Metric refused;

  private CostDashboard(Vocabulary meters) {
    cost = meters.chosen("gild.agent.cost");
    requests = meters.chosen("gild.agent.requests");
    models = meters.chosen("gild.model.cost");
    unpriced = meters.chosen("gild.model.unpriced");
    saved = meters.chosen("gild.cost.saved");
    cache = meters.chosen("gild.cache.requests");
    tokens = meters.chosen("gen_ai.client.token.usage");
    special = meters.chosen("gild.model.tokens");
    spent = meters.chosen("gild.budget.spent");
    limit = meters.chosen("gild.budget.limit");
    refused = meters.chosen("gild.budget.refused");
  }

  static Dashboard of(Vocabulary meters) {
    CostDashboard panels = new CostDashboard(meters);
    return Dashboard.of(
            "gild-cost", "Gild / Cost", "What agents cost, what is saved, what budgets have left")
        .row(
            "Now",
            panels.inRange(),
            panels.perHour(),
            panels.perMonth(),
            panels.savedInRange(),
            panels.unpricedRequests(),
            panels.budgetUsed())
        .row("Where it goes", panels.byAgent(), panels.byModel(), panels.byKind())
        .row("Per call", panels.perSuccess(), panels.tokensPerCall(), panels.tokensPerSecond())
        .row("Savings", panels.savings(), panels.promptCache(), panels.answerCache())
        .row("Budgets", panels.budgets(), panels.refusals());
  }

  private Panel inRange() {
    return Panel.of(
            Kind.STAT,
            "Spent",
            Unit.DOLLARS,
            4,
            "US dollars in the chosen time. A lower bound if a model has no known price.")
        .query(cost.sumBy(cost.increase(Metric.RANGE)), "spent");
  }

  private Panel perHour() {
    return Panel.of(
            Kind.STAT, "Per hour, now", Unit.DOLLARS, 4, "US dollars per hour at the present rate.")
        .query(cost.sumBy(cost.rate()) + PER_HOUR, "per hour");
  }

  private Panel perMonth() {
    return Panel.of(
            Kind.STAT,
            "In 30 days, at this rate",
            Unit.DOLLARS,
            4,
            "US dollars in 30 days if the last 6 hours go on like this.")
        .query(cost.sumBy(cost.rate("6h")) + " * 2592000", "30 days");
  }

  private Panel savedInRange() {
    return Panel.of(
            Kind.STAT,
            "Saved",
            Unit.DOLLARS,
            4,
            "US dollars in the chosen time that the cache, shared answers and routing saved.")
        .query(saved.sumBy(saved.increase(Metric.RANGE)), "saved");
  }

  private Panel unpricedRequests() {
    return Panel.of(
            Kind.STAT,
            "Requests without a price",
            Unit.NUMBER,
            4,
            "Requests to models of which no price is known: their cost is missing everywhere. Set prices in gild.yaml.")
        .query(unpriced.sumBy(unpriced.increase(Metric.RANGE)), "requests")
        .limits(1, 100);
  }

  private Panel budgetUsed() {
    return Panel.of(
            Kind.GAUGE,
            "Fullest budget",
            Unit.SHARE,
            4,
            "What is spent of the budget that is used up most. A full one refuses calls.")
        .query("max(" + spent.now() + " / " + limit.now() + ")", "used")
        .limits(0.8, 0.9);
  }

  private Panel byAgent() {
    return Panel.of(
            Kind.TIMESERIES,
            "Per hour by agent",
            Unit.DOLLARS,
            8,
            "US dollars per hour of the ten most expensive agents.")
        .query("topk(10, " + cost.sumBy(cost.rate(), "agent") + PER_HOUR + ")", "{{agent}}")
        .stackedUp();
  }

  private Panel byModel() {
    return Panel.of(
            Kind.BAR_GAUGE,
            "By model",
            Unit.DOLLARS,
            8,
            "US dollars in the chosen time, by requested model.")
        .query(
            "topk(10, " + models.sumBy(models.increase(Metric.RANGE), "gen_ai.request.model") + ")",
            "{{gen_ai_request_model}}");
  }

  private Panel byKind() {
    return Panel.of(
            Kind.PIE,
            "By kind of token",
            Unit.DOLLARS,
            8,
            "US dollars in the chosen time: input, output, and the kinds within them that have a price of their own. They add up to the whole.")
        .query(models.sumBy(models.increase(Metric.RANGE), "kind"), "{{kind}}");
  }

  private Panel perSuccess() {
    return Panel.of(
            Kind.TIMESERIES,
            "Per successful call",
            Unit.DOLLARS,
            8,
            "US dollars of all calls, failed ones included, per successful one.")
        .query(
            cost.sumBy(cost.rate(), "agent")
                + " / ("
                + requests.sumBy(requests.where("result", "=\"success\"").rate(), "agent")
                + " > 0)",
            "{{agent}}");
  }

  private Panel tokensPerCall() {
    return Panel.of(
            Kind.TIMESERIES,
            "Tokens per model request",
            Unit.NUMBER,
            8,
            "Mean number of input and output tokens. A rise of input means growing prompts or histories.")
        .query(
            tokens.sumBy(tokens.sums(Metric.RATE), "gen_ai.token.type")
                + " / "
                + tokens.sumBy(tokens.counts(Metric.RATE), "gen_ai.token.type"),
            "{{gen_ai_token_type}}");
  }

  private Panel tokensPerSecond() {
    return Panel.of(
            Kind.TIMESERIES,
            "Tokens per second",
            Unit.PER_SECOND_OF_TOKENS,
            8,
            "Tokens of all model requests, by type.")
        .query(tokens.sumBy(tokens.sums(Metric.RATE), "gen_ai.token.type"), "{{gen_ai_token_type}}")
        .stackedUp();
  }

  private Panel savings() {
    return Panel.of(
            Kind.TIMESERIES,
            "Saved per hour",
            Unit.DOLLARS,
            8,
            "US dollars per hour by source: what cached and shared answers cost when they were made, and what the requested model would have cost more.")
        .query(saved.sumBy(saved.rate(), "source") + PER_HOUR, "{{source}}")
        .stackedUp();
  }

  private Panel promptCache() {
    return Panel.of(
            Kind.TIMESERIES,
            "Input from the provider's cache",
            Unit.SHARE,
            8,
            "Share of the input tokens that the provider had cached, which are cheaper. A fall means that prompts begin differently than before.")
        .query(
            special.sumBy(special.where("kind", "=\"cache_read\"").rate())
                + " / "
                + tokens.sumBy(tokens.where("gen_ai.token.type", "=\"input\"").sums(Metric.RATE)),
            "cached");
  }

  private Panel answerCache() {
    return Panel.of(
            Kind.TIMESERIES,
            "Answers from Gild's cache",
            Unit.SHARE,
            8,
            "Share of the lookups that were answered, or that shared a running call's answer.")
        .query(
            cache.sumBy(cache.where("result", "=~\"hit|shared\"").rate(), "agent")
                + " / "
                + cache.sumBy(cache.rate(), "agent"),
            "{{agent}}");
  }

  private Panel budgets() {
    return Panel.of(
            Kind.BAR_GAUGE,
            "Budgets",
            Unit.SHARE,
            12,
            "What is spent of each budget in its present period, by the tenant that spent most.")
        .query(
            "topk(20, max by (agent, budget, period) (" + spent.now() + " / " + limit.now() + "))",
            "{{agent}} {{budget}} per {{period}}")
        .limits(0.8, 0.9);
  }

  private Panel refusals() {
    return Panel.of(
            Kind.TIMESERIES,
            "Refused by budgets",
            Unit.EVENTS_PER_SECOND,
            12,
            "Calls per second that were refused because a budget was spent.")
        .query(refused.sumBy(refused.rate(), "agent"), "{{agent}}")
        .limits(0.01, 0.1);
  }
}
