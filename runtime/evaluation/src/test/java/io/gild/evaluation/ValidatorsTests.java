package io.gild.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.AnswerCheck;
import io.gild.config.GoldenFile;
import io.gild.config.PolicyTree;
import io.gild.evaluation.spi.Evidence;
import io.gild.evaluation.spi.Validator;
import io.gild.evaluation.spi.Verdict;
import io.gild.gates.Outcome;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidatorsTests {

  private static final Validators VALIDATORS =
      new Validators(ValidatorsTests.class.getClassLoader());

  @ParameterizedTest
  @CsvSource({
    "exact, Paris, Paris, true",
    "exact, Paris, paris, false",
    "contains, 30 days, Within 30 days of purchase., true",
    "contains, 30 days, Within 60 days of purchase., false",
    "regex, '\\b144\\b', The answer is 144., true",
    "regex, '\\b144\\b', The answer is 1440., false",
    "regex, '(?s)first.*last', 'first\nlast', true"
  })
  void judgesByTheNamedRule(String validator, String expected, String answer, boolean passed) {
    assertThat(judge(validator, expected, answer).passed()).isEqualTo(passed);
  }

  @Test
  void similarityTellsAParaphraseFromAnotherAnswer() {
    String expected = "Refunds are possible within 30 days of purchase.";

    assertThat(
            judge("similarity", expected, "A refund is possible within 30 days of the purchase")
                .passed())
        .isTrue();
    assertThat(judge("similarity", expected, "Our office is open on Monday.").passed()).isFalse();
    assertThat(judge("similarity", expected, expected).score()).isEqualTo(1);
  }

  @Test
  void aNullAnswerIsNeverRight() {
    assertThat(judge("exact", "Paris", null).passed()).isFalse();
    assertThat(judge("similarity", "Paris", null).passed()).isFalse();
  }

  @Test
  void stopsAPatternThatBacktracksWithoutEnd() {
    Verdict verdict = judge("regex", "^(.*?,){12}P", "1,".repeat(60));

    assertThat(verdict.passed()).isFalse();
    assertThat(verdict.reason()).contains("too many steps");
  }

  @Test
  void asksTheClassOfTheUser() {
    AnswerCheck shouting = new AnswerCheck.Custom(Shouting.class.getName(), "");

    assertThat(VALIDATORS.judge(shouting, Evidence.of("", "HELLO")).passed()).isTrue();
    assertThat(VALIDATORS.judge(shouting, Evidence.of("", "hello")).outcome())
        .isEqualTo(Outcome.FAILED);
  }

  @Test
  void aClassThatCannotBeMadeHasNotJudged() {
    Verdict verdict =
        VALIDATORS.judge(new AnswerCheck.Custom("java.lang.String", ""), Evidence.of("", "x"));

    assertThat(verdict.outcome()).isEqualTo(Outcome.JUDGE_FAILED);
    assertThat(verdict.reason()).contains("validator java.lang.String cannot be made");
  }

  private static Verdict judge(String validator, String expected, Object answer) {
    Map<String, Object> written = new HashMap<>();
    written.put("id", "a");
    written.put("expected", expected);
    written.put("validator", validator);
    if (validator.equals("similarity")) {
      written.put("threshold", 0.7);
    }
    GoldenFile task = GoldenFile.single(PolicyTree.of(written));
    return VALIDATORS.judge(
        task.tasks().get(0).spec().checks().get(0).check(), Evidence.of("", answer));
  }

  /** Passes what is written in capitals. */
  public static final class Shouting implements Validator {
    @Override
    public Verdict validate(Evidence evidence, String expected) {
      return Verdict.of(
          evidence.text().equals(evidence.text().toUpperCase(Locale.ROOT)), "not loud enough");
    }
  }
}
