package io.gild.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.gates.CheckResult;
import io.gild.gates.Outcome;
import io.gild.golden.GoldenFile;
import io.gild.golden.GoldenSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoredTests {

  /** Three checks, of which the first is required and the second weighs twice. */
  private static final String CHECKS =
      "[{contains: a, required: true}, {contains: b, weight: 2}, {contains: c}]";

  @ParameterizedTest
  @CsvSource({
    "PASSED, PASSED, PASSED, PASSED",
    "PASSED, FAILED, PASSED, FAILED",
    "PASSED, JUDGE_FAILED, PASSED, JUDGE_FAILED",
    "FAILED, JUDGE_FAILED, PASSED, FAILED"
  })
  void withoutAPassScoreEachCheckMustPass(Outcome a, Outcome b, Outcome c, Outcome expected) {
    assertThat(scored("", a, b, c).outcome()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "PASSED, PASSED, FAILED, PASSED, 0.75",
    "PASSED, FAILED, PASSED, FAILED, 0.5",
    "FAILED, PASSED, PASSED, FAILED, 0.75",
    "PASSED, PASSED, JUDGE_FAILED, PASSED, 0.75",
    "PASSED, JUDGE_FAILED, PASSED, JUDGE_FAILED, 0.5",
    "PASSED, JUDGE_FAILED, FAILED, JUDGE_FAILED, 0.25",
    "JUDGE_FAILED, PASSED, PASSED, JUDGE_FAILED, 0.75",
    "PASSED, FAILED, JUDGE_FAILED, FAILED, 0.25"
  })
  void withOneTheWeightedMeanAndTheRequiredDecide(
      Outcome a, Outcome b, Outcome c, Outcome expected, double score) {
    Scored scored = scored(", pass-score: 0.7", a, b, c);

    assertThat(scored.outcome()).isEqualTo(expected);
    assertThat(scored.score()).isEqualTo(score);
    assertThat(scored.message().isEmpty()).isEqualTo(expected == Outcome.PASSED);
  }

  private static Scored scored(String passScore, Outcome... outcomes) {
    GoldenSpec spec =
        GoldenFile.read("t.yaml", "- {id: a, input: x, checks: " + CHECKS + passScore + "}")
            .tasks()
            .get(0)
            .spec();
    List<CheckResult> results = new ArrayList<>();
    for (int i = 0; i < outcomes.length; i++) {
      results.add(
          new CheckResult(
              spec.checks().get(i).text(),
              outcomes[i],
              outcomes[i] == Outcome.PASSED ? 1 : 0,
              spec.checks().get(i).weight(),
              "why"));
    }
    return Scored.of(spec, results);
  }
}
