package io.gild.semantic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogisticModelTests {

  private static final int ROWS = 5_000;

  private final float[][] features = new float[ROWS][];
  private final boolean[] positive = new boolean[ROWS];
  private final float[] weights = new float[ROWS];

  /** Draws from known log-odds: -1 + 2 × the first feature - 0.5 × the second one. */
  private void draw() {
    Random random = new Random(1);
    for (int i = 0; i < ROWS; i++) {
      float first = (float) random.nextGaussian();
      float second = (float) random.nextGaussian();
      features[i] = new float[] {1, first, second};
      double odds = Math.exp(-1 + 2 * first - 0.5 * second);
      positive[i] = random.nextDouble() < odds / (1 + odds);
      weights[i] = 1;
    }
  }

  @Test
  void findsTheWeightsOfTheData() {
    draw();
    LogisticModel model =
        new LogisticModel(new double[3]).fitted(features, positive, weights, row -> true, 8);
    assertEquals(-1, model.weights()[0], 0.15);
    assertEquals(2, model.weights()[1], 0.2);
    assertEquals(-0.5, model.weights()[2], 0.15);
  }

  @Test
  void staysFiniteIfTheDataAreSeparable() {
    draw();
    for (int i = 0; i < ROWS; i++) {
      positive[i] = features[i][1] > 0;
    }
    LogisticModel model =
        new LogisticModel(new double[3]).fitted(features, positive, weights, row -> true, 8);
    assertTrue(model.probability(new float[] {1, 3, 0}) > 0.99);
    assertTrue(model.probability(new float[] {1, -3, 0}) < 0.01);
  }

  @Test
  void fitsNothingToNoRows() {
    draw();
    LogisticModel model =
        new LogisticModel(new double[3]).fitted(features, positive, weights, row -> false, 3);
    assertEquals(0.5, model.probability(features[0]));
  }
}
