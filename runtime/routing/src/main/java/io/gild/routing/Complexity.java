package io.gild.routing;

import io.gild.config.Experimental;

/**
 * Estimates how hard a prompt is, from its words alone; takes some microseconds and no model.
 *
 * <p>A logistic function of weighted {@linkplain PromptFeatures features}. The weights are fitted
 * to how much better a large model answered than a small one, on the visible half of RouteLLM's
 * MMLU results (7,655 questions of 29 subjects, ridge regression) and on MT-Bench (72), and are
 * blended with the length of the prompt, which no router should be worse than. On subjects that a
 * fit has not seen, the estimate orders prompts a little better than their length does; see {@code
 * docs/routing.md}.
 */
@Experimental
public final class Complexity {

  private static final double[] WEIGHTS = {
    4.52, 0.56, 0.48, 0.91, -0.47, 1.22, -3.86, 1.18, -1.56, -1.72, 0.05, -0.33, -1.52, 0.53, 0.90,
    2.73, 0.17, 0.56, 0.61, 0.86, -2.13, -0.19, -0.39, -0.47
  };

  /** The sum at which a prompt is of middle complexity. */
  private static final double MIDDLE = 0.3;

  private Complexity() {}

  /**
   * Estimates a prompt.
   *
   * @param prompt the text
   * @return from 0, trivial, to 1
   */
  public static double of(String prompt) {
    return prompt.isBlank() ? 0 : of(PromptFeatures.of(prompt));
  }

  /**
   * Estimates a prompt that was read already.
   *
   * @param features its features
   * @return from 0, trivial, to 1
   */
  static double of(PromptFeatures features) {
    return 1 / (1 + Math.exp(MIDDLE - sum(features)));
  }

  private static double sum(PromptFeatures features) {
    double sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += WEIGHTS[i] * features.value(i);
    }
    return sum;
  }
}
