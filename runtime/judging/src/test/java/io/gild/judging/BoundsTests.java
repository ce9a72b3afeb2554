package io.gild.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BoundsTests {

  private static final int RUNS = 400;
  private static final double ALPHA = 0.1;

  /** The true difference is 2 points in each block, while both rates and the shares change. */
  @Test
  void boundsOfADifferenceHoldAtAllLooksTogether() {
    int missed = 0;
    double width = 0;
    for (int run = 0; run < RUNS; run++) {
      SplittableRandom random = new SplittableRandom(run);
      MatchedBlocks blocks = noBlocks();
      boolean holds = true;
      for (int block = 0; block < 500; block++) {
        double rate = block < 250 ? 0.02 : 0.1;
        int canary = 1 + block / 100;
        blocks.add(hits(random, 10, rate), hits(random, canary, rate + 0.02), 0, 0);
        holds &= blocks.low() <= 0.02 && 0.02 <= blocks.high();
      }
      missed += holds ? 0 : 1;
      width += (blocks.high() - blocks.low()) / RUNS;
    }

    assertThat(missed).isLessThanOrEqualTo((int) (ALPHA * RUNS));
    assertThat(width).isLessThan(0.12);
  }

  private static MatchedBlocks noBlocks() {
    return new MatchedBlocks(
        new BettingTest(1, BettingTest.WORSE), new BettingTest(1, BettingTest.FINE), ALPHA);
  }

  private static CountBatch hits(SplittableRandom random, int count, double rate) {
    int hits = 0;
    for (int i = 0; i < count; i++) {
      if (random.nextDouble() < rate) {
        hits++;
      }
    }
    return new CountBatch(count, hits);
  }

  @Test
  void boundsOfAPairedDifferenceHold() {
    int missed = 0;
    for (int run = 0; run < RUNS; run++) {
      SplittableRandom random = new SplittableRandom(run);
      DifferenceBounds bounds = new DifferenceBounds(ALPHA);
      boolean holds = true;
      double sum = 0;
      double squares = 0;
      for (int pair = 0; pair < 400; pair++) {
        double harm = random.nextDouble() < 0.3 ? 1 : random.nextDouble() < 0.5 ? -1 : 0;
        double variance = (squares + 1) / (pair + 1);
        bounds.addPairs(1, harm, harm * harm, sum / (pair + 1), variance);
        sum += harm;
        squares += harm * harm;
        double truth = 0.3 - 0.7 * 0.5;
        holds &= bounds.low() <= truth && truth <= bounds.high();
      }
      missed += holds ? 0 : 1;
    }

    assertThat(missed).isLessThanOrEqualTo((int) (ALPHA * RUNS));
  }

  @Test
  void boundsOfAQuantileHoldAtAllLooksTogether() {
    int missed = 0;
    for (int run = 0; run < RUNS; run++) {
      SplittableRandom random = new SplittableRandom(run);
      QuantileSketch sketch = new QuantileSketch();
      boolean holds = true;
      for (int i = 0; i < 1_000; i++) {
        sketch.add(1 + random.nextDouble());
        holds &=
            QuantileBounds.low(sketch, 0.9, ALPHA) <= 1.9
                && 1.9 <= QuantileBounds.high(sketch, 0.9, ALPHA);
      }
      missed += holds ? 0 : 1;
    }

    assertThat(missed).isLessThanOrEqualTo((int) (ALPHA * RUNS));
  }

  @Test
  void boundsOfNothingAreInfinite() {
    QuantileSketch nothing = new QuantileSketch();

    assertThat(QuantileBounds.low(nothing, 0.5, ALPHA)).isZero();
    assertThat(QuantileBounds.high(nothing, 0.5, ALPHA)).isInfinite();
    assertThat(noBlocks().low()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(noBlocks().high()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void logarithmsOfFactorialsAreExact() {
    BigInteger factorial = BigInteger.ONE;
    for (int i = 1; i <= 20; i++) {
      factorial = factorial.multiply(BigInteger.valueOf(i));
      assertThat(QuantileBounds.logFactorial(i))
          .isCloseTo(Math.log(factorial.doubleValue()), within(1e-9));
    }
    assertThat(QuantileBounds.logFactorial(0)).isCloseTo(0, within(1e-9));
    long most = 1_000_000_000;
    assertThat(QuantileBounds.logFactorial(most) - QuantileBounds.logFactorial(most - 1))
        .isCloseTo(Math.log(most), within(1e-4));
  }

  /** The mean over all outcomes of a martingale that starts at 1 stays 1. */
  @Test
  void mixtureOfBinomialsIsOneOnAverage() {
    double mean = 0;
    double ways = 1;
    for (int hits = 0; hits <= 12; hits++) {
      mean +=
          ways
              * Math.pow(0.3, hits)
              * Math.pow(0.7, 12 - hits)
              * Math.exp(QuantileBounds.logMixture(hits, 12, 0.3));
      ways = ways * (12 - hits) / (hits + 1);
    }

    assertThat(mean).isCloseTo(1, within(1e-9));
  }

  @Test
  void sketchIsExactToTheWidthOfABucket() {
    QuantileSketch sketch = new QuantileSketch();
    for (int i = 1; i <= 10_000; i++) {
      sketch.add(i / 1_000.0);
    }

    for (double quantile : new double[] {0.01, 0.5, 0.95, 0.99}) {
      assertThat(sketch.quantile(quantile) / (10 * quantile)).isCloseTo(1, within(0.022));
    }
    sketch.add(0);
    sketch.add(Double.MAX_VALUE);
    sketch.add(Double.MIN_VALUE);
    assertThat(sketch.quantile(0)).isZero();
    assertThat(sketch.quantile(1)).isFinite();
    assertThat(new QuantileSketch().quantile(0.5)).isNaN();
  }
}
