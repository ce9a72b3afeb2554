package io.gild.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.GoldenSpec;
import io.gild.evaluation.spi.Validator;
import io.gild.evaluation.spi.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidatorsTests {

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
    Validator shouting = Validators.of(task("custom", Shouting.class.getName()), loader());

    assertThat(shouting.validate("", "HELLO").passed()).isTrue();
    assertThat(shouting.validate("", "hello").passed()).isFalse();
  }

  @Test
  void namesAClassThatCannotBeMade() {
    assertThatThrownBy(() -> Validators.of(task("custom", "java.lang.String"), loader()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Validator java.lang.String cannot be made");
  }

  private static Verdict judge(String validator, String expected, Object answer) {
    return Validators.of(task(validator, ""), loader()).validate(expected, answer);
  }

  private static GoldenSpec task(String validator, String validatorClass) {
    return new GoldenSpec("id", List.of(), "", validator, 0.7, validatorClass, List.of());
  }

  private static ClassLoader loader() {
    return ValidatorsTests.class.getClassLoader();
  }

  /** Passes what is written in capitals. */
  public static final class Shouting implements Validator {
    @Override
    public Verdict validate(String expected, Object answer) {
      return answer.toString().equals(answer.toString().toUpperCase(java.util.Locale.ROOT))
          ? Verdict.pass()
          : Verdict.fail("not loud enough");
    }
  }
}
