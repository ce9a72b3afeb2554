package io.gild.operations;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.config.Section;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One rollout: two versions, how the new one gets its calls, and what decides. What is left out is
 * taken from {@code rollout-defaults}.
 *
 * @param agent the agent's name or, as in {@code match}, its class and method; needed in one JVM
 * @param engine {@code jvm}, {@code haproxy}, {@code kubernetes}, or the name of an engine on the
 *     class path
 * @param strategy how the new version gets its calls
 * @param stable the present version
 * @param canary the new version
 * @param key parameter whose value decides which version answers, so that a user stays with one;
 *     {@code null} for the parameter with {@code @Session} or {@code @Tenant}
 * @param traffic options of the engine, such as the socket of HAProxy
 * @param golden golden tasks that both versions answer all the time
 * @param steps shares of the new version in percent, increasing, the last one 100
 * @param stepDuration the least time of a step
 * @param maxStepDuration after how long a step that nothing decided is {@code on-undecided}
 * @param onUndecided what happens then
 * @param keepWarm how long the rollout is watched after the new version got all calls
 * @param callsPerSecond expected calls of both versions together, for an estimate at the start
 * @param criteria what decides
 * @param guard what takes the new version back at once
 * @param noData what happens while there are too few calls
 * @param notifications where decisions are posted
 */
@Experimental
public record RolloutSettings(
    @Nullable String agent,
    @Nullable String engine,
    @Nullable Strategy strategy,
    VersionSettings stable,
    VersionSettings canary,
    @Nullable String key,
    Map<String, Object> traffic,
    @Nullable GoldenSettings golden,
    List<Double> steps,
    @Nullable Duration stepDuration,
    @Nullable Duration maxStepDuration,
    @Nullable Undecided onUndecided,
    @Nullable Duration keepWarm,
    @Nullable Double callsPerSecond,
    @Nullable CriteriaSettings criteria,
    @Nullable GuardSettings guard,
    @Nullable NoDataSettings noData,
    @Nullable NotifySettings notifications) {

  /** The engine that needs no proxy. */
  public static final String JVM = "jvm";

  private static final List<String> ANY_VERSION =
      List.of("implementation", "prompt", "model", "settings", "address", "start-timeout");

  /** The section {@code rollouts}: rollouts by name. */
  public static final Section<Map<String, RolloutSettings>> SECTION =
      Section.mapOf("rollouts", RolloutSettings.class)
          .optional(
              RolloutSettings.class,
              "agent",
              "engine",
              "strategy",
              "key",
              "golden",
              "step-duration",
              "max-step-duration",
              "on-undecided",
              "keep-warm",
              "calls-per-second",
              "criteria",
              "guard",
              "no-data",
              "notifications")
          .optional(VersionSettings.class, ANY_VERSION.toArray(new String[0]))
          .optional(GoldenSettings.class, "tasks", "path", "body", "answer", "every", "timeout")
          .optional(
              CriteriaSettings.class,
              "error-rate",
              "refusal-rate",
              "latency",
              "cost",
              "tokens",
              "golden-score")
          .optional(GuardSettings.class, "error-rate", "latency", "cost");

  /** Checks the values and copies the list. */
  public RolloutSettings {
    steps = List.copyOf(steps);
    traffic = Map.copyOf(traffic);
    RolloutDefaults.requireSteps(steps);
    engine = engine == null ? JVM : engine;
    strategy = strategy == null ? Strategy.CANARY : strategy;
    if (stable.version().equals(canary.version())) {
      throw new IllegalArgumentException(
          "canary must have another version than stable, but both are " + stable.version());
    }
    if (stepDuration != null) {
      Require.positive(stepDuration, "step-duration");
    }
    if (maxStepDuration != null) {
      Require.positive(maxStepDuration, "max-step-duration");
    }
    if (keepWarm != null) {
      Require.notNegative(keepWarm, "keep-warm");
    }
    if (engine.equals(JVM) && agent == null) {
      throw new IllegalArgumentException(
          "agent must name the agent or its class and method for the engine jvm, but is missing");
    }
    if (engine.equals(JVM) && !canary.differsInJvm()) {
      throw new IllegalArgumentException(
          "canary must have an implementation, prompt, model, models or settings of its own for the"
              + " engine jvm, but has none");
    }
    if (engine.equals(JVM) && stable.differsInJvm()) {
      throw new IllegalArgumentException(
          "stable is what the application runs, for the engine jvm: write what differs in canary, and"
              + " only version in stable");
    }
    if (strategy == Strategy.SHADOW && !engine.equals(JVM)) {
      throw new IllegalArgumentException(
          "strategy shadow needs the engine jvm, but it is " + engine);
    }
  }
}
