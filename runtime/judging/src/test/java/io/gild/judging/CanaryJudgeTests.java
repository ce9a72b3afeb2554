package io.gild.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CanaryJudgeTests {

  private static final List<CanaryCriterion> ALL =
      List.of(
          CanaryCriterion.errorRate(Tolerance.absolute(0.005)),
          CanaryCriterion.refusalRate(Tolerance.relative(0.5)),
          CanaryCriterion.latency(0.95, Tolerance.relative(0.1)),
          CanaryCriterion.latency(0.5, Tolerance.absolute(0.2)),
          CanaryCriterion.cost(Tolerance.relative(0.1)),
          CanaryCriterion.tokens(Tolerance.absolute(50)),
          CanaryCriterion.goldenScore(Tolerance.absolute(0.02)));

  private static final double[] NONE = {};

  @Test
  void failsAVersionWithMoreErrors() {
    CanaryJudge judge = judge(CanaryCriterion.errorRate(Tolerance.absolute(0.005)));
    for (int i = 0; i < 100; i++) {
      judge.add(counts(90, i % 2, 10, i % 2));
    }

    Assessment assessment = judge.assess();

    CriterionVerdict verdict = assessment.criteria().get(0);
    assertThat(assessment.verdict()).isEqualTo(CanaryVerdict.FAIL).isEqualTo(judge.verdict());
    assertThat(verdict.stableCount()).isEqualTo(9_000);
    assertThat(verdict.canaryCount()).isEqualTo(1_000);
    assertThat(verdict.canary()).isBetween(0.0499, 0.0501);
    assertThat(verdict.harm()).isBetween(0.044, 0.045);
    assertThat(verdict.low()).isNotNegative();
    assertThat(verdict.evidence()).isGreaterThan(verdict.required());
    assertThat(verdict.reason())
        .startsWith("error rate is 5.00 %, stable has 0.56 %: worse by 4.44 points");
    assertThat(assessment.decisive()).containsExactly(verdict);
  }

  @Test
  void passesAVersionThatIsProvenToBeFine() {
    CanaryJudge judge = judge(CanaryCriterion.errorRate(Tolerance.absolute(0.02)));
    for (int i = 0; i < 300; i++) {
      judge.add(counts(50, i % 2, 50, i % 2));
    }

    CriterionVerdict verdict = judge.assess().criteria().get(0);

    assertThat(verdict.verdict()).isEqualTo(CanaryVerdict.PASS);
    assertThat(verdict.high()).isLessThanOrEqualTo(0.02);
    assertThat(verdict.reason()).contains("the harm is at most the tolerated 2.00 points");
  }

  @Test
  void doesNotFailHarmWithinTheTolerance() {
    CanaryJudge judge = judge(CanaryCriterion.errorRate(Tolerance.absolute(0.05)));
    for (int i = 0; i < 2_000; i++) {
      judge.add(counts(50, i % 2, 50, 1));
    }

    CriterionVerdict verdict = judge.assess().criteria().get(0);

    assertThat(verdict.evidence()).isGreaterThan(verdict.required());
    assertThat(verdict.verdict()).isEqualTo(CanaryVerdict.PASS);
  }

  @Test
  void stricterProofNeedsMore() {
    CanaryCriterion criterion = CanaryCriterion.errorRate(Tolerance.absolute(0.02));
    CanaryJudge usual = judge(criterion);
    CanaryJudge strict = judge(criterion.withProof(CanaryCriterion.Proof.WORSE_THAN_TOLERATED));
    int usualSteps = 0;
    int strictSteps = 0;
    for (int i = 0; i < 500; i++) {
      TrafficInterval interval = counts(50, i % 2, 50, 2 + i % 2);
      usual.add(interval);
      strict.add(interval);
      usualSteps += usual.verdict() == CanaryVerdict.FAIL ? 0 : 1;
      strictSteps += strict.verdict() == CanaryVerdict.FAIL ? 0 : 1;
    }

    assertThat(strict.verdict()).isEqualTo(CanaryVerdict.FAIL);
    assertThat(strict.assess().criteria().get(0).low()).isGreaterThanOrEqualTo(0.02);
    assertThat(usualSteps).isPositive();
    assertThat(strictSteps).isGreaterThan(2 * usualSteps);
  }

  @Test
  void stricterProofFindsLargeHarmOfAnyKind() {
    List<CanaryCriterion> strict =
        ALL.stream()
            .map(each -> each.withProof(CanaryCriterion.Proof.WORSE_THAN_TOLERATED))
            .toList();
    CanaryJudge judge = CanaryJudge.of(strict, JudgeRates.DEFAULT);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 600; i++) {
      CallSamples bad = samples(random, 4, 3, 3);
      judge.add(
          new TrafficInterval(
              samples(random, 6, 1, 1),
              with(bad, 2, 2, bad.latencies()),
              List.of(new ScorePair("a", 0.9, 0.3 * random.nextDouble()))));
    }

    assertThat(judge.assess().criteria())
        .allSatisfy(each -> {
          assertThat(each.verdict()).as(each.toString()).isEqualTo(CanaryVerdict.FAIL);
          assertThat(each.low()).isPositive();
        });
  }

  @Test
  void needsAMinimumOfCalls() {
    CanaryJudge judge = judge(CanaryCriterion.errorRate(Tolerance.absolute(0.005)));
    assertThat(judge.verdict()).isEqualTo(CanaryVerdict.NODATA);
    judge.add(counts(1_000, 0, 49, 49));

    assertThat(judge.verdict()).isEqualTo(CanaryVerdict.NODATA);
    assertThat(judge.assess().criteria().get(0).reason())
        .startsWith("only 49 calls of the new version and 1000 of the stable one");

    judge.add(counts(1_000, 0, 1, 1));
    assertThat(judge.verdict()).isEqualTo(CanaryVerdict.FAIL);
  }

  @Test
  void comparesVersionsThatNeverHaveCallsInTheSameInterval() {
    CanaryJudge judge = judge(CanaryCriterion.errorRate(Tolerance.absolute(0.005)));
    for (int i = 0; i < 500; i++) {
      judge.add(i % 5 == 0 ? counts(0, 0, 1, 1) : counts(1, 0, 0, 0));
    }

    assertThat(judge.verdict()).isEqualTo(CanaryVerdict.FAIL);
  }

  @Test
  void callsOfOneVersionAloneSayNothing() {
    CanaryJudge judge = CanaryJudge.of(ALL, JudgeRates.DEFAULT);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1_000; i++) {
      judge.add(new TrafficInterval(CallSamples.none(), samples(random, 10, 1, 5), List.of()));
    }

    assertThat(judge.assess().criteria())
        .allSatisfy(each -> assertThat(each.verdict()).isEqualTo(CanaryVerdict.NODATA));
    assertThat(Json.write(judge.state()).length()).isLessThan(60_000);
  }

  @Test
  void unusableValuesLoseNothingElse() {
    double[] bad = {Double.NaN, -1, Double.POSITIVE_INFINITY, 1};
    CanaryJudge judge = CanaryJudge.of(ALL, JudgeRates.DEFAULT);
    for (int i = 0; i < 100; i++) {
      CallSamples side = new CallSamples(4, 0, 0, bad, bad, bad);
      judge.add(
          new TrafficInterval(
              side,
              side,
              List.of(
                  new ScorePair("a", Double.NaN, 1),
                  new ScorePair("b", 0.5, 1.5),
                  new ScorePair("c", 0.5, 0.5))));
    }

    Map<String, CriterionVerdict> verdicts = byName(judge.assess());

    assertThat(verdicts.get("latency-p95").unusable()).isEqualTo(600);
    assertThat(verdicts.get("cost").canaryCount()).isEqualTo(80);
    assertThat(verdicts.get("golden-score").unusable()).isEqualTo(200);
    assertThat(verdicts.get("golden-score").canaryCount()).isEqualTo(100);
    assertThat(verdicts.get("error-rate").unusable()).isZero();
    assertThat(verdicts.get("cost").reason()).contains("600 values were unusable");
    assertThat(verdicts.values())
        .allSatisfy(each -> {
          assertThat(each.evidence()).isNotNaN();
          assertThat(each.low()).isNotNaN();
          assertThat(each.high()).isNotNaN();
        });
  }

  @Test
  void extremesAreNeverNotANumber() {
    List<TrafficInterval> extremes =
        List.of(
            counts(1_000_000_000, 0, 1_000_000_000, 0),
            counts(1_000_000_000, 1_000_000_000, 1_000_000_000, 1_000_000_000),
            counts(1_000_000_000, 0, 1_000_000_000, 1_000_000_000),
            counts(1, 1, 1_000_000_000, 0),
            counts(0, 0, 0, 0),
            new TrafficInterval(values(0), values(0), List.of()),
            new TrafficInterval(values(0), values(1e300), List.of()),
            new TrafficInterval(values(1e300), values(0), List.of()),
            new TrafficInterval(values(Double.MIN_VALUE), values(1), List.of()),
            new TrafficInterval(
                CallSamples.none(),
                CallSamples.none(),
                Collections.nCopies(1_000, new ScorePair("a", 1, 0))),
            new TrafficInterval(
                CallSamples.none(),
                CallSamples.none(),
                Collections.nCopies(1_000, new ScorePair("a", 0, 1))));
    for (TrafficInterval first : extremes) {
      for (TrafficInterval second : extremes) {
        CanaryJudge judge = CanaryJudge.of(ALL, JudgeRates.DEFAULT);
        judge.add(first);
        judge.add(first);
        judge.add(second);
        judge.add(first);
        for (CriterionVerdict verdict : judge.assess().criteria()) {
          assertThat(verdict.evidence()).as(verdict.toString()).isNotNaN().isNotNegative();
          assertThat(verdict.low()).as(verdict.toString()).isLessThanOrEqualTo(verdict.high());
        }
      }
    }
  }

  private static CallSamples values(double value) {
    double[] values = new double[100];
    Arrays.fill(values, value);
    return new CallSamples(100, 0, 0, values, values, values);
  }

  @Test
  void seesCostsWhereTheStableVersionIsFree() {
    CanaryJudge judge = judge(CanaryCriterion.cost(Tolerance.relative(0.1)));
    for (int i = 0; i < 5; i++) {
      judge.add(new TrafficInterval(values(0), values(0.002), List.of()));
    }

    CriterionVerdict verdict = judge.assess().criteria().get(0);

    assertThat(verdict.verdict()).isEqualTo(CanaryVerdict.FAIL);
    assertThat(verdict.harm()).isInfinite();
    assertThat(verdict.canary()).isGreaterThan(0.001);
  }

  @Test
  void seesCostsThatAreAllTheSame() {
    CanaryJudge judge = judge(CanaryCriterion.tokens(Tolerance.relative(0.1)));
    for (int i = 0; i < 5; i++) {
      judge.add(new TrafficInterval(values(1_000), values(1_300), List.of()));
    }

    CriterionVerdict verdict = judge.assess().criteria().get(0);

    assertThat(verdict.verdict()).isEqualTo(CanaryVerdict.FAIL);
    assertThat(verdict.harm()).isBetween(0.29, 0.31);
  }

  @ParameterizedTest
  @EnumSource(CanaryCriterion.Kind.class)
  void findsEachKindOfHarm(CanaryCriterion.Kind kind) {
    CanaryJudge judge = CanaryJudge.of(ALL, JudgeRates.DEFAULT);
    SplittableRandom random = new SplittableRandom(kind.ordinal());
    for (int i = 0; i < 600; i++) {
      CallSamples stable = samples(random, 9, 1, 1);
      CallSamples same = samples(random, 3, 1, 1);
      CallSamples canary =
          switch (kind) {
            case ERROR_RATE -> with(same, same.requests(), 0, same.latencies());
            case REFUSAL_RATE -> with(same, 0, same.requests(), same.latencies());
            case LATENCY -> with(same, 0, 0, samples(random, 3, 2, 1).latencies());
            case COST, TOKENS -> samples(random, 3, 1, 2);
            case GOLDEN_SCORE -> same;
          };
      double lost = kind == CanaryCriterion.Kind.GOLDEN_SCORE ? 0.2 : 0;
      judge.add(
          new TrafficInterval(
              stable,
              canary,
              List.of(new ScorePair("a", random.nextDouble(), random.nextDouble() * (1 - lost)))));
    }

    Map<String, CriterionVerdict> verdicts = byName(judge.assess());

    verdicts.forEach((name, verdict) -> {
      boolean isExpected = name.startsWith(kind.key());
      boolean isCostly = kind == CanaryCriterion.Kind.COST && name.equals("tokens");
      boolean hasTokens = kind == CanaryCriterion.Kind.TOKENS && name.equals("cost");
      if (isExpected || isCostly || hasTokens) {
        assertThat(verdict.verdict()).as(verdict.toString()).isEqualTo(CanaryVerdict.FAIL);
      } else {
        assertThat(verdict.verdict()).as(verdict.toString()).isNotEqualTo(CanaryVerdict.FAIL);
      }
    });
  }

  private static CallSamples with(
      CallSamples samples, long errors, long refusals, double[] latencies) {
    return new CallSamples(
        samples.requests(), errors, refusals, latencies, samples.costs(), samples.tokens());
  }

  @Test
  void goesOnWhereAnotherJudgeWas() {
    CanaryJudge first = CanaryJudge.of(ALL, JudgeRates.DEFAULT);
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 300; i++) {
      first.add(interval(random, i));
      if (i % 50 == 0 || i == 299) {
        String saved = Json.write(first.state());
        CanaryJudge second =
            CanaryJudge.restore(ALL, JudgeRates.DEFAULT, (Map<?, ?>) Json.read(saved));

        assertThat(Json.write(second.state())).isEqualTo(saved);
        assertThat(second.assess()).isEqualTo(first.assess());
        first = second;
      }
    }
    CanaryJudge whole = CanaryJudge.of(ALL, JudgeRates.DEFAULT);
    SplittableRandom again = new SplittableRandom(7);
    for (int i = 0; i < 300; i++) {
      whole.add(interval(again, i));
    }
    assertThat(first.assess()).isEqualTo(whole.assess());
  }

  private static TrafficInterval interval(SplittableRandom random, int number) {
    return new TrafficInterval(
        samples(random, number % 7, 1, 1),
        samples(random, number % 3, 1, 1),
        number % 4 == 0
            ? List.of(new ScorePair("a", random.nextDouble(), random.nextDouble()))
            : List.of());
  }

  @Test
  void rejectsTheStateOfOtherCriteria() {
    Map<String, Object> state = judge(CanaryCriterion.errorRate(Tolerance.absolute(0.005))).state();
    List<CanaryCriterion> others = List.of(CanaryCriterion.errorRate(Tolerance.absolute(0.01)));

    assertThatThrownBy(() -> CanaryJudge.restore(others, JudgeRates.DEFAULT, state))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("begin a new rollout");
    assertThatThrownBy(() -> CanaryJudge.restore(others, JudgeRates.DEFAULT, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("version must be 1, but is null");
    state.remove("error-rate");
    assertThatThrownBy(() ->
            CanaryJudge.restore(
                List.of(CanaryCriterion.errorRate(Tolerance.absolute(0.005))),
                JudgeRates.DEFAULT,
                state))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("error-rate must be a map");
  }

  @Test
  void orderOfIntervalsDoesNotTurnAVerdict() {
    List<TrafficInterval> intervals = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      intervals.add(counts(45, i % 5 == 0 ? 1 : 0, 5, i % 2));
    }
    CanaryJudge forward = judge(CanaryCriterion.errorRate(Tolerance.absolute(0.005)));
    intervals.forEach(forward::add);
    Collections.reverse(intervals);
    CanaryJudge backward = judge(CanaryCriterion.errorRate(Tolerance.absolute(0.005)));
    intervals.forEach(backward::add);

    assertThat(forward.verdict()).isEqualTo(backward.verdict()).isEqualTo(CanaryVerdict.FAIL);
    assertThat(forward.assess().criteria().get(0).canary())
        .isEqualTo(backward.assess().criteria().get(0).canary());
  }

  /** A share that grows while the error rate of both falls must not look like a difference. */
  @Test
  void comparesCallsOfTheSameTimeOnly() {
    CanaryJudge judge = judge(CanaryCriterion.errorRate(Tolerance.absolute(0.005)));
    for (int i = 0; i < 200; i++) {
      judge.add(i < 100 ? counts(50, 1, 50, 1) : counts(1_000, 200, 10, 2));
    }

    CriterionVerdict verdict = judge.assess().criteria().get(0);

    assertThat(verdict.harm()).isBetween(-1e-9, 1e-9);
    assertThat(verdict.verdict()).isNotEqualTo(CanaryVerdict.FAIL);
  }

  /** The bound is checked on a run of rollouts without a difference, looked at in each interval. */
  @Test
  void rollsBackWithoutReasonRarely() {
    int wrong = 0;
    for (int run = 0; run < 200; run++) {
      SplittableRandom random = new SplittableRandom(run);
      CanaryJudge judge =
          judge(
              CanaryCriterion.errorRate(Tolerance.absolute(0)),
              CanaryCriterion.latency(0.95, Tolerance.relative(0)),
              CanaryCriterion.cost(Tolerance.relative(0)));
      for (int i = 0; i < 400 && judge.verdict() != CanaryVerdict.FAIL; i++) {
        judge.add(
            new TrafficInterval(samples(random, 8, 1, 1), samples(random, 2, 1, 1), List.of()));
      }
      wrong += judge.verdict() == CanaryVerdict.FAIL ? 1 : 0;
    }

    assertThat(wrong).isLessThanOrEqualTo(10);
  }

  /** A limit or a cap that depended on the compared values would make the tests wrong. */
  @Test
  void limitsComeFromEarlierIntervals() {
    CanaryJudge judge =
        judge(
            CanaryCriterion.latency(0.95, Tolerance.relative(0.1)),
            CanaryCriterion.cost(Tolerance.relative(0.1)));
    SplittableRandom random = new SplittableRandom(5);
    TrafficInterval first =
        new TrafficInterval(samples(random, 100, 1, 1), samples(random, 100, 1, 1), List.of());
    judge.add(first);
    assertThat(judge.assess().criteria())
        .allSatisfy(each -> assertThat(each.canaryCount()).isZero());

    judge.add(first);
    assertThat(judge.assess().criteria())
        .allSatisfy(each -> assertThat(each.canaryCount()).isEqualTo(100));
  }

  @Test
  void rejectsADamagedState() {
    List<CanaryCriterion> criteria =
        List.of(CanaryCriterion.latency(0.95, Tolerance.relative(0.1)));
    CanaryJudge judge = CanaryJudge.of(criteria, JudgeRates.DEFAULT);
    judge.add(new TrafficInterval(values(1), values(1), List.of()));
    String saved = Json.write(judge.state());
    for (String damaged :
        List.of(
            saved.replace("\"worse\":[", "\"worse\":[1,"),
            saved.replace("\"unusable\":0", "\"unusable\":\"none\""),
            saved.replace("\"values\":{\"", "\"values\":{\"9"),
            saved.replace("\"strict-pool", "\"lost"),
            saved.replace("\"strict\":{", "\"strict\":[],\"lost\":{"))) {
      assertThatThrownBy(() ->
              CanaryJudge.restore(criteria, JudgeRates.DEFAULT, (Map<?, ?>) Json.read(damaged)))
          .as(damaged)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void rejectsCriteriaThatAreGivenTwice() {
    assertThatThrownBy(() -> judge(ALL.get(0), ALL.get(0))).hasMessageContaining("given once");
    assertThatThrownBy(() -> judge()).hasMessageContaining("must not be empty");
  }

  @Test
  void worstVerdictWins() {
    assertThat(Assessment.overall(List.of(CanaryVerdict.PASS, CanaryVerdict.PASS)))
        .isEqualTo(CanaryVerdict.PASS);
    assertThat(Assessment.overall(List.of(CanaryVerdict.PASS, CanaryVerdict.INCONCLUSIVE)))
        .isEqualTo(CanaryVerdict.INCONCLUSIVE);
    assertThat(Assessment.overall(List.of(CanaryVerdict.NODATA, CanaryVerdict.INCONCLUSIVE)))
        .isEqualTo(CanaryVerdict.NODATA);
    assertThat(Assessment.overall(List.of(CanaryVerdict.NODATA, CanaryVerdict.FAIL)))
        .isEqualTo(CanaryVerdict.FAIL);
  }

  private static CanaryJudge judge(CanaryCriterion... criteria) {
    return CanaryJudge.of(List.of(criteria), JudgeRates.DEFAULT);
  }

  private static Map<String, CriterionVerdict> byName(Assessment assessment) {
    Map<String, CriterionVerdict> verdicts = new TreeMap<>();
    assessment.criteria().forEach(each -> verdicts.put(each.name(), each));
    return verdicts;
  }

  private static TrafficInterval counts(
      long stable, long stableErrors, long canary, long canaryErrors) {
    return new TrafficInterval(
        CallSamples.counts(stable, stableErrors),
        CallSamples.counts(canary, canaryErrors),
        List.of());
  }

  private static CallSamples samples(
      SplittableRandom random, int calls, double slower, double dearer) {
    long errors = 0;
    double[] latencies = calls == 0 ? NONE : new double[calls];
    double[] costs = new double[calls];
    double[] tokens = new double[calls];
    for (int i = 0; i < calls; i++) {
      errors += random.nextDouble() < 0.02 ? 1 : 0;
      latencies[i] = slower * (1 + random.nextDouble() * random.nextDouble());
      costs[i] = dearer * 0.001 / (1e-12 + random.nextDouble()); // its mean is infinite
      tokens[i] = dearer * 100 * (1 + 9 * random.nextDouble());
    }
    return new CallSamples(calls, errors, 0, latencies, costs, tokens);
  }
}
