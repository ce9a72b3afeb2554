package io.gild.routing;

import io.gild.core.MethodScope;
import io.gild.core.RuntimeScope;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Chooses the tier of a prompt by the strategy of a method. Thread-safe. */
final class TierChooser {

  private final RoutePolicy policy;
  private final MethodRoutes routes;
  private final MethodScope method;
  private final TierHealth health;
  private final List<Pattern> routine;
  private final double exploration;

  TierChooser(RoutePolicy policy, MethodRoutes routes, MethodScope method, TierHealth health) {
    this.policy = policy;
    this.routes = routes;
    this.method = method;
    this.health = health;
    RoutingSettings settings = runtime().settings().get(RoutingSettings.SECTION);
    this.routine =
        settings.patterns().stream()
            .map(each -> Pattern.compile(each, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE))
            .toList();
    this.exploration = settings.exploration();
  }

  private RuntimeScope runtime() {
    return method.runtime();
  }

  /** Chooses a tier; the prompt is {@code null} if the method has none. */
  RouteChoice choose(@Nullable String prompt, @Nullable PromptFeatures features) {
    RouteChoice wanted = wanted(prompt, features);
    int up = up(wanted.tier());
    return up == wanted.tier() ? wanted : wanted.at(up, "next tier is up");
  }

  /** Returns the next tier that is up from one on, else the nearest one before, else the same. */
  private int up(int from) {
    for (int i = from; i < size(); i++) {
      if (isUp(i)) {
        return i;
      }
    }
    for (int i = from - 1; i >= 0; i--) {
      if (isUp(i)) {
        return i;
      }
    }
    return from;
  }

  /** Returns the next tier behind one that is up; -1 if there is none. */
  int next(int tier) {
    for (int i = tier + 1; i < size(); i++) {
      if (isUp(i)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isUp(int tier) {
    return health.isUp(routes.tiers().get(tier));
  }

  private int size() {
    return routes.tiers().size();
  }

  private RouteChoice wanted(@Nullable String prompt, @Nullable PromptFeatures features) {
    if (policy.strategy() == RoutePolicy.Strategy.FIXED) {
      return RouteChoice.of(0, "fixed");
    }
    if (prompt == null || features == null) {
      boolean first = policy.strategy() == RoutePolicy.Strategy.CASCADE;
      return RouteChoice.of(first ? 0 : size() - 1, "no prompt");
    }
    if (isRoutine(prompt)) {
      return RouteChoice.of(0, "routine");
    }
    return policy.strategy() == RoutePolicy.Strategy.COMPLEXITY
        ? byComplexity(prompt, features)
        : byOutcomes(prompt, features);
  }

  private boolean isRoutine(String prompt) {
    if (prompt.length() > LONGEST_ROUTINE) {
      return false;
    }
    String stripped = prompt.strip();
    return routine.stream().anyMatch(each -> each.matcher(stripped).find());
  }

  /** Longer prompts are no routine, and no pattern is searched in them. */
  private static final int LONGEST_ROUTINE = 300;

  private RouteChoice byComplexity(String prompt, PromptFeatures features) {
    double complexity = prompt.isBlank() ? 0 : Complexity.of(features);
    int tier = size() - 1;
    for (int i = size() - 1; i >= 0; i--) {
      if (complexity <= routes.tiers().get(i).tier().maxComplexity()) {
        tier = i;
      }
    }
    return new RouteChoice(tier, "complexity", complexity, -1, List.of());
  }

  private RouteChoice byOutcomes(String prompt, PromptFeatures features) {
    double[] probabilities = new double[size()];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = routes.learner(i).estimate(features).probability();
    }
    int tier =
        switch (policy.strategy()) {
          case COST -> least(probabilities, routes.costs(method));
          case LATENCY -> least(probabilities, latencies());
          case CASCADE -> explored(MethodRoutes.begin(routes.costs(method), probabilities));
          default -> least(probabilities, ranks());
        };
    return new RouteChoice(
        tier,
        routes.learner(tier).estimate(features).by().key(),
        prompt.isBlank() ? 0 : Complexity.of(features),
        probabilities[tier],
        routes.learner(tier).reasons(features));
  }

  private int explored(int begin) {
    boolean lower = begin > 0 && exploration > 0 && runtime().random().nextDouble() < exploration;
    return lower ? begin - 1 : begin;
  }

  /** Returns the least one of the tiers that are likely to answer well, or else the last tier. */
  private int least(double[] probabilities, double[] values) {
    int best = -1;
    for (int i = 0; i < values.length; i++) {
      boolean likely = probabilities[i] >= policy.minQuality() || i == values.length - 1;
      if (likely && isUp(i) && (best < 0 || values[i] < values[best])) {
        best = i;
      }
    }
    return best < 0 ? values.length - 1 : best;
  }

  private double[] ranks() {
    double[] ranks = new double[size()];
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] = i;
    }
    return ranks;
  }

  /** Returns the usual time of each tier; one that was never used is tried once. */
  private double[] latencies() {
    double[] nanos = new double[size()];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = routes.figures(i).usualNanos();
    }
    return nanos;
  }
}
