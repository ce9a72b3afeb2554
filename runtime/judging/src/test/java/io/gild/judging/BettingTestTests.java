package io.gild.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All outcomes of two blocks are enumerated, so that the means of e-values are exact. */
class BettingTestTests {

  private static final int STABLE = 3;
  private static final int CANARY = 2;
  private static final double ROUNDING = 1e-12;

  @ParameterizedTest
  @CsvSource({
    "0.001, 0.001", "0.01, 0.01", "0.2, 0.2", "0.5, 0.5", "0.9, 0.9", "0.999, 0.999",
    "0.2, 0.1", "0.5, 0.01", "0.9, 0.1", "1, 0", "1, 1", "0, 0"
  })
  void evidenceAgainstACanaryThatIsNoWorseIsAtMostOneOnAverage(double stable, double canary) {
    assertThat(mean(1, 0, stable, canary, MatchedBlocks::logWorse)).isLessThan(1 + ROUNDING);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.05, 0.2, 0.25", "1, 0.05, 0.2, 0.3", "1, 0.3, 0.6, 0.9", "1, 0.3, 0.6, 1",
    "1.1, 0, 0.2, 0.22", "1.1, 0, 0.8, 0.88", "1.1, 0, 0.8, 1", "1.5, 0.1, 0.1, 0.25",
    "1, 0.005, 0.01, 0.015", "1, 0, 0, 0", "2, 0, 0.3, 0.9", "1, 0.9, 0.1, 1"
  })
  void evidenceForACanaryThatIsWorseIsAtMostOneOnAverage(
      double factor, double offset, double stable, double canary) {
    assertThat(canary).isGreaterThan(factor * stable + offset - ROUNDING);
    assertThat(mean(factor, offset, stable, canary, MatchedBlocks::logFine))
        .isLessThan(1 + ROUNDING);
  }

  @ParameterizedTest
  @CsvSource({"1.1, 0, 0.2, 0.22", "1, 0.05, 0.2, 0.25", "1, 0.3, 0.1, 0.2", "1.5, 0.1, 0.1, 0.25"})
  void evidenceAgainstACanaryWithinTheToleranceIsAtMostOneOnAverage(
      double factor, double offset, double stable, double canary) {
    assertThat(mean(factor, offset, stable, canary, MatchedBlocks::logWorse))
        .isLessThan(1 + ROUNDING);
  }

  @Test
  void evidenceGrowsAgainstACanaryThatIsWorse() {
    assertThat(mean(1, 0, 0.1, 0.6, MatchedBlocks::logWorse)).isGreaterThan(1.5);
    assertThat(mean(1, 0.5, 0.3, 0.1, MatchedBlocks::logFine)).isGreaterThan(1.2);
  }

  /** Returns the exact mean of the e-value after two blocks. */
  private static double mean(
      double factor,
      double offset,
      double stable,
      double canary,
      ToDoubleFunction<MatchedBlocks> logEvidence) {
    double mean = 0;
    for (int s1 = 0; s1 <= STABLE; s1++) {
      for (int c1 = 0; c1 <= CANARY; c1++) {
        for (int s2 = 0; s2 <= CANARY; s2++) { // shares differ between blocks
          for (int c2 = 0; c2 <= STABLE; c2++) {
            MatchedBlocks blocks =
                new MatchedBlocks(
                    new BettingTest(factor, BettingTest.WORSE),
                    new BettingTest(factor, BettingTest.FINE),
                    0.05);
            blocks.add(new CountBatch(STABLE, s1), new CountBatch(CANARY, c1), offset, offset);
            blocks.add(new CountBatch(CANARY, s2), new CountBatch(STABLE, c2), offset, offset);
            mean +=
                binomial(STABLE, s1, stable)
                    * binomial(CANARY, c1, canary)
                    * binomial(CANARY, s2, stable)
                    * binomial(STABLE, c2, canary)
                    * Math.exp(logEvidence.applyAsDouble(blocks));
          }
        }
      }
    }
    return mean;
  }

  private static double binomial(int count, int hits, double rate) {
    double ways = count == 3 && (hits == 1 || hits == 2) ? 3 : count == 2 && hits == 1 ? 2 : 1;
    return ways * Math.pow(rate, hits) * Math.pow(1 - rate, count - hits);
  }

  /** Calls of a block may have different error probabilities, such as those of two tenants. */
  @Test
  void onlyTheMeanOfDifferentProbabilitiesMatters() {
    double[] stable = {0.9, 0.1};
    double[] canary = {0.3, 0.7};
    double mean = 0;
    for (int outcome = 0; outcome < 16; outcome++) {
      double probability = 1;
      int[] hits = {0, 0};
      for (int i = 0; i < 4; i++) {
        int hit = outcome >> i & 1;
        double rate = i < 2 ? stable[i] : canary[i - 2];
        probability *= hit == 1 ? rate : 1 - rate;
        hits[i / 2] += hit;
      }
      BettingTest test = new BettingTest(1, BettingTest.WORSE);
      test.add(
          new CountBatch(2, hits[0]), new CountBatch(2, hits[1]), 0, 0.4, BettingTest.BERNOULLI);
      mean += probability * Math.exp(test.logEvidence());
    }

    assertThat(mean).isLessThan(1 + ROUNDING);
  }

  /** Costs that are nothing, half of the cap, or the cap. */
  @Test
  void evidenceOfValuesIsAtMostOneOnAverage() {
    double[] chances = {0.7, 0.2, 0.1};
    for (double variance : new double[] {1e-9, 0.01, 0.1, 0.25}) {
      double worse = 0;
      double fine = 0;
      for (int outcome = 0; outcome < 81; outcome++) {
        double[] values = new double[4];
        double probability = 1;
        int rest = outcome;
        for (int i = 0; i < 4; i++) {
          values[i] = rest % 3 / 2.0;
          probability *= chances[rest % 3];
          rest /= 3;
        }
        ValueBatch stable = new ValueBatch(new double[] {values[0], values[1], values[2]}, 1);
        ValueBatch canary = new ValueBatch(new double[] {values[3]}, 1);
        BettingTest against = new BettingTest(1, BettingTest.WORSE);
        BettingTest inFavour = new BettingTest(1, BettingTest.FINE);
        against.add(stable, canary, 0, 0.3, variance);
        inFavour.add(stable, canary, 0, 0.3, variance);
        worse += probability * Math.exp(against.logEvidence());
        fine += probability * Math.exp(inFavour.logEvidence());
      }
      assertThat(worse).isLessThan(1 + ROUNDING);
      assertThat(fine).isLessThan(1 + ROUNDING);
    }
  }

  @Test
  void countsAndValuesOfZeroAndOneAreTheSame() {
    ValueBatch values = new ValueBatch(new double[] {0, 1, 0, 0, 1}, 1);
    CountBatch counts = new CountBatch(5, 2);

    assertThat(values.logWealth(0.7, 0.2)).isCloseTo(counts.logWealth(0.7, 0.2), within(ROUNDING));
    assertThat(values.sum()).isEqualTo(counts.sum());
    assertThat(values.sumOfSquares()).isEqualTo(counts.sumOfSquares());
  }

  @Test
  void sharingLeavesTheMean() {
    Wealth wealth = new Wealth(3);
    wealth.multiply(0, 30);
    wealth.multiply(1, -2_000);
    wealth.share(1);
    wealth.multiply(2, -5);
    double before = wealth.logMean();
    wealth.share(10);

    assertThat(wealth.logMean()).isCloseTo(before, within(ROUNDING));
  }

  @Test
  void manyValuesDoNotOverflow() {
    double[] ones = new double[10_000];
    Arrays.fill(ones, 1);
    ValueBatch batch = new ValueBatch(ones, 1);

    assertThat(batch.logWealth(9, 0.1)).isCloseTo(10_000 * Math.log1p(8.1), within(1e-6));
  }
}
