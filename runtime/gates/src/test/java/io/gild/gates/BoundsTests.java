package io.gild.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundsTests {

  /** Values that can be had in closed form or from printed tables. */
  @ParameterizedTest
  @CsvSource({
    "9, 9, 0.95, 0.716871", // 0.05^(1/9)
    "14, 14, 0.95, 0.807364", // 0.05^(1/14)
    "59, 59, 0.95, 0.950492",
    "299, 299, 0.95, 0.990031",
    "1, 10, 0.975, 0.002529", // 1 - 0.975^(1/10)
    "8, 10, 0.975, 0.443905",
    "8, 10, 0.95, 0.493099",
    "90, 100, 0.975, 0.823777",
    "0, 5, 0.95, 0"
  })
  void clopperPearsonFromBelow(long successes, long trials, double confidence, double expected) {
    assertThat(Bounds.lower(successes, trials, confidence)).isCloseTo(expected, within(2e-6));
  }

  @Test
  void clopperPearsonFromAboveMirrorsIt() {
    assertThat(Bounds.upper(0, 299, 0.95)).isCloseTo(1 - 0.990031, within(2e-6));
    assertThat(Bounds.clopperPearson(8, 10, 0.95))
        .satisfies(interval -> {
          assertThat(interval.low()).isCloseTo(0.443905, within(2e-6));
          assertThat(interval.high()).isCloseTo(0.974789, within(2e-6));
        });
  }

  /** The worked example of Newcombe, Statistics in Medicine 17 (1998): 81 of 263. */
  @Test
  void matchesTheWorkedExampleOfWilsonsInterval() {
    Interval interval = Bounds.wilson(81, 263, 0.95);

    assertThat(interval.low()).isCloseTo(0.2553, within(5e-5));
    assertThat(interval.high()).isCloseTo(0.3662, within(5e-5));
    assertThat(Bounds.wilson(10, 10, 0.95).high()).isEqualTo(1);
  }

  @Test
  void distributionsMatchTheirTables() {
    assertThat(Distributions.normalQuantile(0.975)).isCloseTo(1.959963985, within(1e-8));
    assertThat(Distributions.normalQuantile(0.95)).isCloseTo(1.644853627, within(1e-8));
    assertThat(Distributions.normal(-4)).isCloseTo(3.167124e-5, within(1e-10));
    assertThat(Distributions.beta(0.5, 2, 3)).isCloseTo(0.6875, within(1e-12));
    assertThat(Distributions.binomial(3, 10, 0.5)).isCloseTo(176 / 1024.0, within(1e-12));
    assertThat(Distributions.binomial(10_000, 20_000, 0.5)).isCloseTo(0.5028209, within(1e-6));
  }

  @Test
  void wholeTasksGiveTheBoundOfClopperAndPearson() {
    double[] rates = new double[20];
    Arrays.fill(rates, 0, 18, 1);
    double[] nearly = rates.clone();
    nearly[19] = 1e-9; // takes the general way

    assertThat(Bounds.lower(rates, 0.95)).isEqualTo(Bounds.lower(18, 20, 0.95));
    assertThat(Bounds.lower(nearly, 0.95)).isCloseTo(Bounds.lower(18, 20, 0.95), within(1e-7));
    assertThat(Bounds.upper(nearly, 0.95)).isCloseTo(Bounds.upper(18, 20, 0.95), within(1e-7));
  }

  @Test
  void theGeneralBoundIsTheQuantileOfRandomlyWeightedMeans() {
    double[] rates = {1, 1, 1, 0.8, 0.6, 0.6, 1, 0.2, 1, 0.8};
    double bound = Bounds.lower(rates, 0.95);
    SplittableRandom random = new SplittableRandom(7);
    int below = 0;
    for (int i = 0; i < 200_000; i++) {
      double all = -Math.log1p(-random.nextDouble()); // weight of the zero
      double weighted = 0;
      for (double rate : rates) {
        double weight = -Math.log1p(-random.nextDouble());
        all += weight;
        weighted += weight * rate;
      }
      below += weighted / all < bound ? 1 : 0;
    }

    assertThat(below / 200_000.0).isCloseTo(0.05, within(0.002)); // four standard errors
    assertThat(Bounds.proves(rates, bound - 1e-6, 0.95)).isTrue();
    assertThat(Bounds.proves(rates, bound + 1e-6, 0.95)).isFalse();
  }

  @Test
  void provesNoMoreWithRepeatsThatAgree() {
    double[] nine = new double[9];
    Arrays.fill(nine, 1);

    assertThat(Bounds.lower(nine, 0.95)).isCloseTo(0.716871, within(1e-6));
  }

  @Test
  void provesMoreWithRepeatsThatDisagree() {
    double[] half = new double[20];
    Arrays.fill(half, 0.5);

    assertThat(Bounds.lower(half, 0.95)).isBetween(Bounds.lower(10, 20, 0.95) + 0.1, 0.5);
  }

  @Test
  void rejectsZeroTrials() {
    assertThatThrownBy(() -> Bounds.lower(0, 0, 0.95))
        .hasMessage("successes must be from 0 to trials, and those above zero, but are 0 of 0");
    assertThatThrownBy(() -> Bounds.lower(1, 2, 95))
        .hasMessage("confidence must be above 0 and below 1, but is 95.0");
  }
}
