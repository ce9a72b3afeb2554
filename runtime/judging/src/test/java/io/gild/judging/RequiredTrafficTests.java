package io.gild.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RequiredTrafficTests {

  private static final CanaryCriterion ERRORS = CanaryCriterion.errorRate(Tolerance.absolute(0.02));

  @Test
  void estimatesWhatASimulationNeeds() {
    RequiredTraffic required =
        RequiredTraffic.of(ERRORS, 1, JudgeRates.DEFAULT, 0.2, ExpectedValue.rate(0.02), 0.06);
    int found = 0;
    int passed = 0;
    for (int run = 0; run < 200; run++) {
      SplittableRandom random = new SplittableRandom(run);
      found += has(CanaryVerdict.FAIL, random, 0.08, required.toFail()) ? 1 : 0;
      passed += has(CanaryVerdict.PASS, random, 0.02, required.toPass()) ? 1 : 0;
    }

    assertThat(found).as("of 200, 160 expected").isBetween(120, 195);
    assertThat(passed).as("of 200, 160 expected").isBetween(120, 195);
  }

  private static boolean has(
      CanaryVerdict verdict, SplittableRandom random, double canaryRate, double calls) {
    CanaryJudge judge = CanaryJudge.of(List.of(ERRORS), JudgeRates.DEFAULT);
    for (int call = 0; call < calls; call += 2) {
      judge.add(
          new TrafficInterval(
              CallSamples.counts(8, hits(random, 8, 0.02)),
              CallSamples.counts(2, hits(random, 2, canaryRate)),
              List.of()));
      if (judge.verdict() == verdict) {
        return true;
      }
    }
    return false;
  }

  private static long hits(SplittableRandom random, int count, double rate) {
    return random.doubles(count).filter(each -> each < rate).count();
  }

  @Test
  void saysWhatCanNeverBeDecided() {
    RequiredTraffic exact =
        RequiredTraffic.of(
            CanaryCriterion.errorRate(Tolerance.absolute(0)),
            4,
            JudgeRates.DEFAULT,
            0.5,
            ExpectedValue.rate(0.01),
            0.01);
    assertThat(exact.toPass()).as("equal is not better").isInfinite();
    assertThat(exact.toFail()).isFinite();
    assertThat(exact.canPass(1e9)).isFalse();

    RequiredTraffic tolerated = errors(0.5, 0.01);
    assertThat(tolerated.toFail()).as("harm within the tolerance").isInfinite();
    assertThat(errors(0, 0.05).toPass()).as("no calls of the canary").isInfinite();
    assertThat(errors(1, 0.05).toFail()).as("no calls to compare with").isInfinite();
  }

  @Test
  void smallerHarmNeedsMore() {
    assertThat(errors(0.1, 0.03).toFail()).isGreaterThan(errors(0.1, 0.1).toFail());
    assertThat(errors(0.5, 0.03).toFail()).isGreaterThan(errors(0.1, 0.03).toFail());
    assertThat(errors(0.1, 0.1).canFail(10)).isFalse();
    assertThat(errors(0.1, 0.1).toFail()).isGreaterThanOrEqualTo(ERRORS.minimum());
  }

  private static RequiredTraffic errors(double share, double harm) {
    return RequiredTraffic.of(ERRORS, 4, JudgeRates.DEFAULT, share, ExpectedValue.rate(0.01), harm);
  }

  @Test
  void everyKindHasAnEstimate() {
    ExpectedValue mean = new ExpectedValue(2, 1);
    for (CanaryCriterion criterion :
        List.of(
            CanaryCriterion.latency(0.95, Tolerance.relative(0.1)),
            CanaryCriterion.latency(0.5, Tolerance.absolute(0.1)),
            CanaryCriterion.cost(Tolerance.relative(0.1)),
            CanaryCriterion.tokens(Tolerance.absolute(0.1)),
            CanaryCriterion.goldenScore(Tolerance.absolute(0.02)))) {
      RequiredTraffic required =
          RequiredTraffic.of(criterion, 4, JudgeRates.DEFAULT, 0.1, mean, 0.3);
      assertThat(required.toPass()).as(criterion.name()).isBetween(100.0, 1e6);
      assertThat(required.toFail()).as(criterion.name()).isBetween(20.0, 1e6);
    }
  }

  @Test
  void quantilesOfTheNormalDistribution() {
    assertThat(Normal.quantileAbove(0.05)).isBetween(1.6448, 1.6450);
    assertThat(Normal.above(-1.96)).isBetween(0.9749, 0.9751);
  }

  @Test
  void rejectsInvalidValues() {
    assertThatThrownBy(() -> errors(1.5, 0.1)).hasMessageContaining("share");
    assertThatThrownBy(() -> ExpectedValue.rate(2)).hasMessageContaining("rate");
    assertThatThrownBy(() -> new ExpectedValue(Double.NaN, 1)).hasMessageContaining("mean");
  }
}
