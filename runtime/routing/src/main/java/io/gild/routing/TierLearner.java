package io.gild.routing;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Estimates how likely one tier answers a prompt well, from which of its earlier answers were good.
 *
 * <p>Four predictors learn side by side: the settings' complexity limit as it is, complexity and
 * length with a learned scale, and a logistic regression over form, topics and words. Each is
 * judged by what it predicted before it saw each outcome (its prequential log loss, with the last
 * few hundred outcomes weighing most), and the best one is believed. So no estimate is worse, for
 * long, than the length of the prompt. Thread-safe.
 */
@Experimental
public final class TierLearner {

  /** Who predicts. */
  enum Predictor {
    /** The complexity limit of the settings. */
    LIMIT,
    /** Complexity on a learned scale. */
    COMPLEXITY,
    /** The length of the prompt on a learned scale. */
    LENGTH,
    /** Form, topics and words. */
    WORDING;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** An estimate and who made it. */
  record Estimate(double probability, Predictor by, long outcomes) {}

  private static final int BUCKETS = 256;
  private static final double STEEPNESS = 8;
  private static final double FORGETTING = 0.995;

  /** Outcomes before any predictor but the settings' is believed. */
  private static final int FEWEST = 20;

  private static final int MOST_REASONS = 3;

  private final double limit;
  private final double wanted;
  private final OnlineLogistic complexity;
  private final OnlineLogistic length;
  private final OnlineLogistic wording;
  private final double[] losses = new double[Predictor.values().length];
  private long outcomes;

  /**
   * Creates a learner without outcomes.
   *
   * @param limit highest complexity of prompts for the tier; from 0 to 1
   * @param wanted probability at this complexity; above 0, below 1
   */
  public TierLearner(double limit, double wanted) {
    Require.between(0, 1, limit, "limit");
    Require.between(0.001, 0.999, wanted, "wanted");
    this.limit = limit;
    this.wanted = Math.log(wanted / (1 - wanted));
    this.complexity = new OnlineLogistic(this.wanted + STEEPNESS * limit, -STEEPNESS);
    this.length = new OnlineLogistic(this.wanted, 0);
    this.wording = new OnlineLogistic(new double[1 + PromptFeatures.NAMES.size() + BUCKETS]);
  }

  /**
   * Returns how likely the answer to a prompt is good.
   *
   * @param prompt the prompt
   * @return from 0 to 1
   */
  public double probability(String prompt) {
    return estimate(PromptFeatures.of(prompt)).probability();
  }

  /**
   * Learns from an answer.
   *
   * @param prompt the prompt, which is not kept
   * @param good whether its answer was good
   */
  public void learn(String prompt, boolean good) {
    learn(PromptFeatures.of(prompt), good);
  }

  synchronized Estimate estimate(PromptFeatures prompt) {
    Predictor best = best();
    return new Estimate(OnlineLogistic.probability(sum(best, prompt)), best, outcomes);
  }

  synchronized void learn(PromptFeatures prompt, boolean good) {
    for (Predictor each : Predictor.values()) {
      double p = OnlineLogistic.probability(sum(each, prompt));
      double loss = -Math.log(Math.max(1e-6, good ? p : 1 - p));
      losses[each.ordinal()] = FORGETTING * losses[each.ordinal()] + loss;
    }
    double label = good ? 1 : 0;
    learn(complexity, Predictor.COMPLEXITY, ofComplexity(prompt), prompt, label);
    learn(length, Predictor.LENGTH, ofLength(prompt), prompt, label);
    learn(wording, Predictor.WORDING, ofWording(prompt), prompt, label);
    outcomes++;
  }

  private void learn(
      OnlineLogistic model, Predictor by, double[] features, PromptFeatures prompt, double label) {
    model.learn(features, OnlineLogistic.probability(sum(by, prompt)) - label);
  }

  private Predictor best() {
    if (outcomes < FEWEST) {
      return Predictor.LIMIT;
    }
    Predictor best = Predictor.LIMIT;
    for (Predictor each : Predictor.values()) {
      if (losses[each.ordinal()] < losses[best.ordinal()]) {
        best = each;
      }
    }
    return best;
  }

  private double sum(Predictor by, PromptFeatures prompt) {
    return switch (by) {
      case LIMIT -> atLimit(prompt);
      case COMPLEXITY -> complexity.sum(ofComplexity(prompt));
      case LENGTH -> length.sum(ofLength(prompt));
      case WORDING -> atLimit(prompt) + wording.sum(ofWording(prompt));
    };
  }

  private double atLimit(PromptFeatures prompt) {
    return wanted + STEEPNESS * (limit - Complexity.of(prompt));
  }

  private static double[] ofComplexity(PromptFeatures prompt) {
    return new double[] {1, Complexity.of(prompt)};
  }

  private static double[] ofLength(PromptFeatures prompt) {
    return new double[] {1, prompt.logWords()};
  }

  private static double[] ofWording(PromptFeatures prompt) {
    int form = PromptFeatures.NAMES.size();
    double[] features = new double[1 + form + BUCKETS];
    features[0] = 1;
    for (int i = 0; i < form; i++) {
      features[1 + i] = prompt.value(i);
    }
    double share = 1 / Math.sqrt(Math.max(1, prompt.words().size()));
    for (String word : prompt.words()) {
      features[1 + form + Math.floorMod(word.hashCode() * 0x9E3779B9 >>> 8, BUCKETS)] += share;
    }
    return features;
  }

  /** Returns what weighs most in the present estimate of a prompt, without any word of it. */
  synchronized List<String> reasons(PromptFeatures prompt) {
    Predictor by = best();
    if (by != Predictor.WORDING) {
      return List.of(by.key());
    }
    double[] features = ofWording(prompt);
    int form = PromptFeatures.NAMES.size();
    Map<String, Double> parts = new LinkedHashMap<>();
    double words = 0;
    for (int i = 1; i < features.length; i++) {
      double part = features[i] * wording.weight(i);
      if (i <= form) {
        parts.put(PromptFeatures.NAMES.get(i - 1), part);
      } else {
        words += part;
      }
    }
    parts.put("wording", words);
    parts.put("complexity", atLimit(prompt) - wanted);
    List<String> reasons = new ArrayList<>();
    parts.entrySet().stream()
        .sorted(Comparator.comparingDouble(part -> -Math.abs(part.getValue())))
        .limit(MOST_REASONS)
        .forEach(part -> reasons.add("%s %+.1f".formatted(part.getKey(), part.getValue())));
    return reasons;
  }

  synchronized Map<String, Object> toPlain() {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("outcomes", outcomes);
    plain.put("losses", Arrays.stream(losses).boxed().toList());
    plain.put("complexity", complexity.toPlain());
    plain.put("length", length.toPlain());
    plain.put("wording", wording.toPlain());
    return plain;
  }

  /** Takes what {@link #toPlain} returned; anything else leaves the learner as it is. */
  synchronized void restore(Map<?, ?> plain) {
    if (!(plain.get("outcomes") instanceof Number count)
        || !(plain.get("losses") instanceof List<?> known)
        || known.size() != losses.length
        || !known.stream().allMatch(loss -> loss instanceof Number)
        || !(plain.get("complexity") instanceof List<?> first)
        || !(plain.get("length") instanceof List<?> second)
        || !(plain.get("wording") instanceof List<?> third)) {
      return;
    }
    if (complexity.restore(first) && length.restore(second) && wording.restore(third)) {
      outcomes = Math.max(0, count.longValue());
      for (int i = 0; i < losses.length; i++) {
        losses[i] = ((Number) known.get(i)).doubleValue();
      }
    }
  }
}
