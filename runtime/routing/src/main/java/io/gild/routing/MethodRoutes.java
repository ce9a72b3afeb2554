package io.gild.routing;

import io.gild.config.Usage;
import io.gild.core.MethodScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of the tiers of a method: how likely each answers well, what that costs and how
 * long it takes. Thread-safe.
 */
final class MethodRoutes {

  /** Costs of a tier relative to the one before it, where prices are unknown. */
  private static final double STEP = 5;

  /** Below this probability a tier is not worth its latency, even for nothing. */
  private static final double HOPELESS = 0.15;

  private static final Usage TYPICAL = Usage.of(1_000, 250);

  private final List<RoutedTier> tiers;
  private final List<TierLearner> learners;
  private final List<TierFigures> figures = new ArrayList<>();

  MethodRoutes(List<RoutedTier> tiers, double wanted) {
    this.tiers = List.copyOf(tiers);
    this.learners =
        tiers.stream().map(each -> new TierLearner(each.tier().maxComplexity(), wanted)).toList();
    tiers.forEach(each -> figures.add(new TierFigures()));
  }

  List<RoutedTier> tiers() {
    return tiers;
  }

  TierLearner learner(int tier) {
    return learners.get(tier);
  }

  TierFigures figures(int tier) {
    return figures.get(tier);
  }

  /** Returns the cost of one attempt at each tier in US dollars, or in units of the first tier. */
  double[] costs(MethodScope method) {
    double[] costs = new double[tiers.size()];
    Usage usual = usual();
    for (int i = 0; i < costs.length; i++) {
      long nanoUsd = method.price(tiers.get(i).model(), usual);
      if (nanoUsd < 0) {
        return relative();
      }
      costs[i] = nanoUsd / 1e9;
    }
    return costs;
  }

  private double[] relative() {
    double[] costs = new double[tiers.size()];
    for (int i = 0; i < costs.length; i++) {
      costs[i] = Math.pow(STEP, i);
    }
    return costs;
  }

  private Usage usual() {
    for (int i = figures.size() - 1; i >= 0; i--) {
      Usage known = figures.get(i).usual();
      if (known != null) {
        return known;
      }
    }
    return TYPICAL;
  }

  /**
   * Returns the tier at which a cascade begins, so that the expected cost until an accepted answer
   * is lowest: {@code cost(i) + (1 - p(i)) * rest(i + 1)} is compared for each of them.
   *
   * @param costs the cost of one attempt at each tier
   * @param probabilities of a good answer
   */
  static int begin(double[] costs, double[] probabilities) {
    int last = costs.length - 1;
    double rest = costs[last];
    double lowest = rest;
    int begin = last;
    for (int i = last - 1; i >= 0; i--) {
      rest = costs[i] + (1 - probabilities[i]) * rest;
      if (rest <= lowest && probabilities[i] >= HOPELESS) {
        lowest = rest;
        begin = i;
      }
    }
    return begin;
  }

  Map<String, Object> toPlain() {
    Map<String, Object> plain = new LinkedHashMap<>();
    for (int i = 0; i < tiers.size(); i++) {
      plain.put(key(tiers.get(i)), learners.get(i).toPlain());
    }
    return plain;
  }

  void restore(Map<?, ?> plain) {
    for (int i = 0; i < tiers.size(); i++) {
      if (plain.get(key(tiers.get(i))) instanceof Map<?, ?> learned) {
        learners.get(i).restore(learned);
      }
    }
  }

  /** What was learned of one model says nothing of another one in the same tier. */
  private static String key(RoutedTier tier) {
    return tier.name() + " " + tier.model();
  }
}
