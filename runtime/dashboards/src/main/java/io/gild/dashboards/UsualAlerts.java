package io.gild.dashboards;

import java.util.List;

/** The alerts that need no objective. */
final class UsualAlerts {

  private final Vocabulary meters;

  UsualAlerts(Vocabulary meters) {
    this.meters = meters;
  }

  List<Alert> all() {
    return List.of(
        costSpike(),
        unpriced(),
        budget("GildBudget80Percent", 0.8, false),
        budget("GildBudget90Percent", 0.9, true),
        budgetSpent(),
        wrongAnswers(),
        breakerOpen(),
        retryStorm(),
        throttled(),
        bulkheadFull(),
        slowFirstChunk(),
        qualityDrop(),
        anomaly(),
        deadLetters(),
        rolledBack(),
        trafficGone(),
        telemetryLost(),
        down());
  }

  private Alert costSpike() {
    Metric cost = meters.all("gild.agent.cost");
    String now = cost.sumBy(cost.rate("10m"), "job", "agent");
    String usual = cost.sumBy(cost.before("10m").rate("1d"), "job", "agent");
    return Alert.named("GildCostSpike")
        .when(
            now
                + " > 4 * "
                + usual
                + "\nand "
                + cost.sumBy(cost.increase("10m"), "job", "agent")
                + " > 0.5")
        .lasting("5m")
        .summary(
            "{{ $labels.agent }} costs {{ $value | humanize }} US dollars per second, four times as much as usual.")
        .runbook(
            "Look at the dashboard Cost: more calls, more tokens per call, or another model? A loop of model"
                + " requests shows on the dashboard Models as more requests per call. A budget with \"then:"
                + " refuse\" stops it.");
  }

  private Alert unpriced() {
    Metric unpriced = meters.all("gild.model.unpriced");
    return Alert.named("GildModelWithoutPrice")
        .when(unpriced.sumBy(unpriced.increase("1h"), "job", "gen_ai.request.model") + " > 0")
        .lasting("10m")
        .summary("No price is known for the model {{ $labels.gen_ai_request_model }}.")
        .runbook(
            "Its cost is missing in all figures and budgets. Set it in the section prices of gild.yaml.");
  }

  private String budgetUsed() {
    return "max by (job, agent, budget, period) ("
        + meters.all("gild.budget.spent").now()
        + " / "
        + meters.all("gild.budget.limit").now()
        + ")";
  }

  private Alert budget(String name, double share, boolean page) {
    Alert.Builder alert =
        Alert.named(name)
            .when(budgetUsed() + " > " + share)
            .lasting("1m")
            .summary(
                "{{ $value | humanizePercentage }} of the budget {{ $labels.budget }} of {{ $labels.agent }} per {{"
                    + " $labels.period }} is spent.");
    return (page ? alert.page() : alert)
        .runbook(
            "At 100 % its calls are refused or go to a cheaper model, as the budget has it. Look at the dashboard"
                + " Cost for the reason, then raise the limit or route to a cheaper tier.");
  }

  private Alert budgetSpent() {
    Metric refused = meters.all("gild.budget.refused");
    return Alert.named("GildBudgetExhausted")
        .when(refused.sumBy(refused.increase("5m"), "job", "agent") + " > 0")
        .keepFiring("5m")
        .page()
        .summary("Calls of {{ $labels.agent }} are refused because a budget is spent.")
        .runbook(
            "Raise the limit in gild.yaml, which is read again at once, or wait for the next period.");
  }

  private Alert wrongAnswers() {
    Metric wrong = meters.all("gild.cache.wrong");
    return Alert.named("GildCacheWrongAnswers")
        .when(
            "max by (job, agent, method) ("
                + wrong.where("bound", "=\"lower\"").now()
                + ") > max by (job, agent, method) ("
                + wrong.where("bound", "=\"allowed\"").now()
                + ")")
        .lasting("5m")
        .page()
        .summary(
            "At least {{ $value | humanizePercentage }} of the calls of {{ $labels.agent }} ({{ $labels.method }}) get a wrong answer of the semantic cache.")
        .runbook(
            "The answers have changed, or answers are compared too loosely. Clear the cache on the console; set \"semantic:"
                + " false\" for the method until the reason is known.");
  }

  private Alert breakerOpen() {
    Metric state = meters.all("gild.circuitbreaker.state");
    return Alert.named("GildBreakerOpen")
        .when("max by (job, agent, method) (" + state.where("state", "=\"open\"").now() + ") == 1")
        .lasting("1m")
        .keepFiring("5m")
        .page()
        .summary("The circuit breaker of {{ $labels.agent }} ({{ $labels.method }}) is open.")
        .runbook(
            "The agent or its model keeps failing, and its calls are refused at once. Look at the failures by type on"
                + " the dashboard Agents. It tries again by itself; \"gild console\" can close it.");
  }

  private Alert retryStorm() {
    Metric http = meters.all("gild.http.attempts");
    Metric requests = meters.all("gild.agent.requests");
    return Alert.named("GildRetryStorm")
        .when(
            http.sumBy(http.rate("5m"), "job", "agent")
                + " / "
                + requests.sumBy(
                    requests.where("result", "=~\"success|failure\"").rate("5m"), "job", "agent")
                + " > 3\nand "
                + http.sumBy(
                    meters
                        .all("gild.http.responses")
                        .where("result", "=~\"4xx|5xx|error\"")
                        .rate("5m"),
                    "job",
                    "agent")
                + " / "
                + http.sumBy(http.rate("5m"), "job", "agent")
                + " > 0.3")
        .lasting("5m")
        .summary(
            "{{ $labels.agent }} sends {{ $value | humanize }} requests per call, and many fail.")
        .runbook(
            "Several layers retry inside of each other: the report names them. Set limits: {max-failed-requests: 3}.");
  }

  private Alert throttled() {
    Metric throttled = meters.all("gild.http.throttled");
    return Alert.named("GildThrottled")
        .when(throttled.sumBy(throttled.rate("5m"), "job", "gen_ai.provider.name") + " > 0.1")
        .lasting("10m")
        .summary(
            "{{ $labels.gen_ai_provider_name }} rejects {{ $value | humanize }} requests per second as too many.")
        .runbook(
            "Set a rate limit below the provider's, route a part to another provider, or ask for a higher quota.");
  }

  private Alert bulkheadFull() {
    return Alert.named("GildBulkheadFull")
        .when(
            "max by (job, agent, method) ("
                + meters.all("gild.bulkhead.active").now()
                + " / "
                + meters.all("gild.bulkhead.limit").now()
                + ") > 0.95")
        .lasting("5m")
        .summary("The bulkhead of {{ $labels.agent }} ({{ $labels.method }}) is full.")
        .runbook(
            "Calls wait or are refused. Are they slower than usual, or are there more of them? Raise"
                + " max-concurrent-calls only if the model can take it.");
  }

  private Alert slowFirstChunk() {
    Metric first = meters.all("gen_ai.client.operation.time_to_first_chunk");
    return Alert.named("GildSlowFirstChunk")
        .when(
            "histogram_quantile(0.95, sum by (le, job, gen_ai_request_model) ("
                + first.buckets("10m")
                + ")) > 5\nand "
                + first.sumBy(first.counts("10m"), "job", "gen_ai.request.model")
                + " * 600 > 20")
        .lasting("10m")
        .summary(
            "Streams of {{ $labels.gen_ai_request_model }} begin after {{ $value | humanizeDuration }} (p95).")
        .runbook(
            "The provider is slow, or prompts have grown: see tokens per model request on the dashboard Cost.");
  }

  private Alert qualityDrop() {
    Metric results = meters.all("gild.eval.results");
    return Alert.named("GildGoldenRegression")
        .when(
            passed(results, "1h")
                + " < 0.9 * "
                + passed(results.before("1h"), "1d")
                + "\nand "
                + results.sumBy(results.increase("1h"), "job", "agent")
                + " > 10")
        .lasting("5m")
        .page()
        .summary(
            "Only {{ $value | humanizePercentage }} of the checks of {{ $labels.agent }} pass, fewer than yesterday.")
        .runbook(
            "Answers got worse: a new prompt, model or version? \"gild eval\" names the tasks; \"gild rollout"
                + " rollback\" takes a version back.");
  }

  private static String passed(Metric results, String range) {
    return results.sumBy(results.where("result", "=\"pass\"").increase(range), "job", "agent")
        + " / "
        + results.sumBy(results.increase(range), "job", "agent");
  }

  private Alert anomaly() {
    return Alert.named("GildAnomaly")
        .when("max by (job, agent, signal) (" + meters.all("gild.anomaly.score").now() + ") >= 1")
        .lasting("1m")
        .summary("{{ $labels.signal }} of {{ $labels.agent }} is unusual.")
        .runbook(
            "The log and the console give the reason in words, such as the usual and the present median.");
  }

  private Alert deadLetters() {
    Metric dead = meters.all("gild.broker.dead_letters");
    return Alert.named("GildDeadLetters")
        .when(dead.sumBy(dead.increase("10m"), "job", "subscription") + " > 0")
        .keepFiring("10m")
        .summary("Messages of {{ $labels.subscription }} are delivered no longer.")
        .runbook(
            "\"gild dlq list\" and \"gild dlq show\" give the reasons; \"gild dlq replay\" delivers them again.");
  }

  private Alert rolledBack() {
    Metric back = meters.all("gild.rollout.rollbacks");
    return Alert.named("GildRolledBack")
        .when(back.sumBy(back.increase("10m"), "job", "rollout", "agent") + " > 0")
        .keepFiring("10m")
        .summary("The new version of {{ $labels.agent }} was taken back.")
        .runbook(
            "\"gild rollout history {{ $labels.rollout }}\" gives the reason and the figures.");
  }

  private Alert trafficGone() {
    Metric requests = meters.all("gild.agent.requests");
    return Alert.named("GildTrafficGone")
        .when(
            requests.sumBy(requests.increase("15m"), "job", "agent")
                + " == 0\nand "
                + requests.sumBy(requests.before("1h").increase("1h"), "job", "agent")
                + " > 20")
        .lasting("10m")
        .summary("{{ $labels.agent }} has had no call for 15 minutes.")
        .runbook("Either its callers are gone, or they fail before they reach it.");
  }

  private Alert telemetryLost() {
    Metric dropped = meters.all("gild.telemetry.dropped");
    return Alert.named("GildTelemetryLost")
        .when(dropped.sumBy(dropped.increase("10m"), "job", "signal", "reason") + " > 0")
        .lasting("5m")
        .summary("Telemetry is incomplete: {{ $labels.signal }}, {{ $labels.reason }}.")
        .runbook(
            "Is the collector reachable, is the disk full, are there too many names? The log has one line on it.");
  }

  private Alert down() {
    return Alert.named("GildDown")
        .when("up{job=~\".*gild.*\"} == 0")
        .lasting("5m")
        .page()
        .summary("{{ $labels.instance }} cannot be scraped.")
        .runbook("The JVM is down or hangs, or its scrape endpoint is not reachable.");
  }
}
