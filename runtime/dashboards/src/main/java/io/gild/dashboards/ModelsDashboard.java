package io.gild.dashboards;

import io.gild.dashboards.Panel.Kind;

/** Models, tools and the quality of answers. */
final class ModelsDashboard {

  private static final String MODEL = "gen_ai.request.model";
  private static final String MODEL_LEGEND = "{{gen_ai_request_model}}";

  private final Metric duration;
  private final Metric firstChunk;
  private final Metric speed;
  private final Metric finish;
  private final Metric inferences;
  private final Metric toolCalls;
  private final Metric tools;
  private final Metric scores;
  private final Metric results;
  private final Metric share;
  private final Metric verdict;

  private ModelsDashboard(Vocabulary meters) {
    duration = meters.chosen("gen_ai.client.operation.duration");
    firstChunk = meters.chosen("gen_ai.client.operation.time_to_first_chunk");
    speed = meters.chosen("gild.model.output.rate");
    finish = meters.chosen("gild.model.finish");
    inferences = meters.chosen("gen_ai.invoke_agent.inference_calls");
    toolCalls = meters.chosen("gen_ai.invoke_agent.tool_calls");
    tools = meters.chosen("gen_ai.execute_tool.duration");
    scores = meters.chosen("gild.eval.score");
    results = meters.chosen("gild.eval.results");
    share = meters.chosen("gild.rollout.share");
    verdict = meters.chosen("gild.rollout.verdict");
  }

  static Dashboard of(Vocabulary meters) {
    ModelsDashboard panels = new ModelsDashboard(meters);
    return Dashboard.of(
            "gild-models",
            "Gild / Models, tools, quality",
            "How models and tools behave, and how good answers are")
        .row("Models", panels.rate(), panels.time(), panels.failures())
        .row("Streams", panels.firstChunks(), panels.speed(), panels.finishReasons())
        .row("Work per call", panels.inferencesPerCall(), panels.toolsPerCall(), panels.refusals())
        .row("Tools", panels.tools(), panels.toolTimes())
        .row("Quality", panels.score(), panels.passed())
        .row("Rollouts", panels.rollouts(), panels.verdicts());
  }

  private Panel rate() {
    return Panel.of(
            Kind.TIMESERIES,
            "Requests by model",
            Unit.PER_SECOND,
            8,
            "Model requests per second, by requested model.")
        .query(duration.sumBy(duration.counts(Metric.RATE), MODEL), MODEL_LEGEND)
        .stackedUp();
  }

  private Panel time() {
    return Panel.of(
            Kind.TIMESERIES,
            "p95 by model",
            Unit.SECONDS,
            8,
            "95 % of the requests to a model took at most so long.")
        .query(duration.quantile(0.95, MODEL), MODEL_LEGEND)
        .limits(15, 60);
  }

  private Panel failures() {
    return Panel.of(
            Kind.TIMESERIES,
            "Failures by model",
            Unit.SHARE,
            8,
            "Share of the requests to a model that failed.")
        .query(
            duration.sumBy(duration.where("outcome", "=\"failure\"").counts(Metric.RATE), MODEL)
                + " / "
                + duration.sumBy(duration.counts(Metric.RATE), MODEL),
            MODEL_LEGEND)
        .limits(0.01, 0.05);
  }

  private Panel firstChunks() {
    return Panel.of(
            Kind.TIMESERIES,
            "First chunk, p95",
            Unit.SECONDS,
            8,
            "Time from a request to the first chunk of its streamed answer.")
        .query(firstChunk.quantile(0.95, MODEL), MODEL_LEGEND)
        .limits(2.5, 5);
  }

  private Panel speed() {
    return Panel.of(
            Kind.TIMESERIES,
            "Output speed, median",
            Unit.NONE,
            8,
            "Output tokens per second of streams, from their first chunk on.")
        .query(speed.quantile(0.5, MODEL), MODEL_LEGEND);
  }

  private Panel finishReasons() {
    return Panel.of(
            Kind.TIMESERIES,
            "Why models stopped",
            Unit.PER_SECOND,
            8,
            "Model requests per second by finish reason. Many \"length\" are cut answers.")
        .query(finish.sumBy(finish.rate(), "finish_reason"), "{{finish_reason}}")
        .stackedUp();
  }

  private Panel inferencesPerCall() {
    return Panel.of(
            Kind.TIMESERIES,
            "Model requests per call, p95",
            Unit.NUMBER,
            8,
            "Model requests within one call of an agent. A rise is an agent that goes round in circles.")
        .query(inferences.quantile(0.95, "agent"), "{{agent}}")
        .limits(10, 30);
  }

  private Panel toolsPerCall() {
    return Panel.of(
            Kind.TIMESERIES,
            "Tool runs per call, p95",
            Unit.NUMBER,
            8,
            "Runs of tools within one call of an agent.")
        .query(toolCalls.quantile(0.95, "agent"), "{{agent}}")
        .limits(10, 30);
  }

  private Panel refusals() {
    return Panel.of(
            Kind.TIMESERIES,
            "Refused by models",
            Unit.SHARE,
            8,
            "Share of the answers that a model or its filter declined.")
        .query(
            finish.sumBy(
                    finish
                        .where(
                            "finish_reason",
                            "=~\"(?i)refusal|content_filter.*|safety|.*guardrail.*\"")
                        .rate(),
                    MODEL)
                + " / "
                + finish.sumBy(finish.rate(), MODEL)
                + " or 0 * "
                + finish.sumBy(finish.rate(), MODEL),
            MODEL_LEGEND)
        .limits(0.01, 0.05);
  }

  private Panel tools() {
    String tool = "gen_ai.tool.name";
    String all = tools.sumBy(tools.counts(Metric.RATE), tool);
    return Panel.of(
            Kind.TABLE,
            "Tools",
            Unit.NONE,
            12,
            "Runs per second, share of failed runs, and p95 of the time of each tool.")
        .column(all, "Runs per second", Unit.PER_SECOND)
        .column(
            "("
                + tools.sumBy(tools.where("error.type", "!=\"\"").counts(Metric.RATE), tool)
                + " or 0 * "
                + all
                + ") / "
                + all,
            "Failed",
            Unit.SHARE)
        .column(tools.quantile(0.95, tool), "p95", Unit.SECONDS);
  }

  private Panel toolTimes() {
    return Panel.of(Kind.TIMESERIES, "p95 by tool", Unit.SECONDS, 12, "The ten slowest tools.")
        .query("topk(10, " + tools.quantile(0.95, "gen_ai.tool.name") + ")", "{{gen_ai_tool_name}}")
        .limits(5, 30);
  }

  private Panel score() {
    return Panel.of(
            Kind.TIMESERIES,
            "Score of checks, mean",
            Unit.SHARE,
            12,
            "Mean score of the checks of answers, by evaluator, over the last hour.")
        .query(
            scores.sumBy(scores.sums("1h"), "agent", "evaluator")
                + " / ("
                + scores.sumBy(scores.counts("1h"), "agent", "evaluator")
                + " > 0)",
            "{{agent}} {{evaluator}}")
        .limits(0.9, 0.8);
  }

  private Panel passed() {
    return Panel.of(
            Kind.TIMESERIES,
            "Checks passed",
            Unit.SHARE,
            12,
            "Share of the checks that passed, by agent, over the last hour.")
        .query(
            results.sumBy(results.where("result", "=\"pass\"").rate("1h"), "agent")
                + " / ("
                + results.sumBy(results.rate("1h"), "agent")
                + " > 0)",
            "{{agent}}")
        .limits(0.95, 0.9);
  }

  private Panel rollouts() {
    return Panel.of(
            Kind.TIMESERIES,
            "Rollouts",
            Unit.PERCENT,
            12,
            "Per cent of the calls that the new version answers.")
        .query("max by (rollout, agent) (" + share.now() + ")", "{{rollout}}");
  }

  private Panel verdicts() {
    return Panel.of(
            Kind.BAR_GAUGE,
            "Verdicts",
            Unit.NUMBER,
            12,
            "The present verdict on each new version: its bar is 1.")
        .query("max by (rollout, verdict) (" + verdict.now() + ") > 0", "{{rollout}}: {{verdict}}");
  }
}
