package io.gild.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Json;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TierLearnerTests {

  private final TierLearner learner = new TierLearner(0.3, 0.9);

  @Test
  void believesTheLimitOfTheSettingsBeforeItHasOutcomes() {
    TierLearner.Estimate easy = learner.estimate(PromptFeatures.of("Where is my order?"));

    assertThat(easy.by()).isEqualTo(TierLearner.Predictor.LIMIT);
    assertThat(easy.probability()).isGreaterThan(0.9);
  }

  @Test
  void learnsWhatOnlyTheWordsReveal() {
    for (int i = 0; i < 300; i++) {
      learner.learn(PromptFeatures.of("please check the invoice number " + i), false);
      learner.learn(PromptFeatures.of("please check the delivery number " + i), true);
    }

    PromptFeatures bad = PromptFeatures.of("please check the invoice number 999");
    PromptFeatures good = PromptFeatures.of("please check the delivery number 999");
    assertThat(learner.estimate(bad).by()).isEqualTo(TierLearner.Predictor.WORDING);
    assertThat(learner.estimate(bad).probability()).isLessThan(0.2);
    assertThat(learner.estimate(good).probability()).isGreaterThan(0.8);
    assertThat(learner.reasons(bad)).hasSize(3).noneMatch(reason -> reason.contains("invoice"));
  }

  @Test
  void isNotWorseThanLengthWhereOnlyLengthMatters() {
    Random random = new Random(7);
    for (int i = 0; i < 400; i++) {
      int words = 1 + random.nextInt(120);
      learner.learn(PromptFeatures.of(nonsense(random, words)), words < 40);
    }

    assertThat(learner.estimate(PromptFeatures.of(nonsense(random, 8))).probability())
        .isGreaterThan(0.7);
    assertThat(learner.estimate(PromptFeatures.of(nonsense(random, 110))).probability())
        .isLessThan(0.3);
  }

  private static String nonsense(Random random, int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(Integer.toString(random.nextInt(1_000_000), 36).replaceAll("\\d", "q"))
          .append(' ');
    }
    return text.toString();
  }

  @Test
  void goesOnFromWhatWasSaved() {
    for (int i = 0; i < 100; i++) {
      learner.learn(PromptFeatures.of("check the invoice " + i), false);
    }
    TierLearner other = new TierLearner(0.3, 0.9);
    other.restore((Map<?, ?>) Json.read(Json.write(learner.toPlain())));

    PromptFeatures prompt = PromptFeatures.of("check the invoice 7");
    assertThat(other.estimate(prompt)).isEqualTo(learner.estimate(prompt));
  }

  @Test
  void ignoresASavedStateThatDoesNotFit() {
    learner.restore(Map.of("outcomes", "many"));
    learner.restore(
        Map.of(
            "outcomes", 50,
            "losses", java.util.List.of(1, 2, 3, 4),
            "complexity", java.util.List.of(1),
            "length", java.util.List.of(),
            "wording", java.util.List.of("x")));

    assertThat(learner.estimate(PromptFeatures.of("hi")).outcomes()).isZero();
  }

  @Test
  void beginsACascadeWhereTheExpectedCostIsLowest() {
    double[] costs = {0, 1, 16};
    assertThat(MethodRoutes.begin(costs, new double[] {0.5, 0.9, 0.99})).isZero();
    assertThat(MethodRoutes.begin(costs, new double[] {0.01, 0.9, 0.99})).isEqualTo(1);
    assertThat(MethodRoutes.begin(costs, new double[] {0.01, 0.02, 0.99})).isEqualTo(2);
    assertThat(MethodRoutes.begin(new double[] {1, 1.1}, new double[] {0.5, 0.9})).isEqualTo(1);
  }
}
