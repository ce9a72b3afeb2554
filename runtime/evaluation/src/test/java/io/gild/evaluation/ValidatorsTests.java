package io.gild.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.AnswerCheck;
import io.gild.config.GoldenFile;
import io.gild.config.PolicyTree;
import io.gild.evaluation.spi.Evidence;
import io.gild.evaluation.spi.ToolCall;
import io.gild.evaluation.spi.Validator;
import io.gild.evaluation.spi.Verdict;
import io.gild.gates.Outcome;
import io.gild.gates.Spent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValidatorsTests {

  private static final Validators VALIDATORS =
      new Validators(ValidatorsTests.class.getClassLoader());

  @Test
  void stopsAPatternThatBacktracksWithoutEnd() {
    Verdict verdict =
        VALIDATORS.judge(
            new AnswerCheck.Regex("^(.*?,){12}P", false), Evidence.of("", "1,".repeat(60)));

    assertThat(verdict.outcome()).isEqualTo(Outcome.JUDGE_FAILED);
    assertThat(verdict.reason()).contains("too many steps");
  }

  @Test
  void comparesVeryLongTextsInTime() {
    String one = "lorem ipsum dolor sit amet ".repeat(20_000);
    String other = "lorem ipsum sit dolor amet ".repeat(20_000);

    assertThat(VALIDATORS.judge(new AnswerCheck.RougeL(one, 0.7), Evidence.of("", other)).passed())
        .isTrue();
    assertThat(
            VALIDATORS
                .judge(new AnswerCheck.Levenshtein(one, 0.7), Evidence.of("", other))
                .reason())
        .contains("use rouge-l or similarity");
    assertThat(
            VALIDATORS
                .judge(
                    new AnswerCheck.NoPii(List.of(AnswerCheck.Pii.values())),
                    Evidence.of("", "4 ".repeat(200_000)))
                .outcome())
        .isIn(Outcome.PASSED, Outcome.JUDGE_FAILED);
  }

  @Test
  void comparesToolsByNameOrderAndArguments() {
    List<ToolCall> calls =
        List.of(
            new ToolCall("search", Map.of("query", "shoes")),
            new ToolCall("pay", Map.of("amount", 30, "to", "Ada")));
    String pay = "{tool: pay, arguments: {amount: {number: 30}, to: Ada}}";

    assertThat(trajectory("[search, " + pay + "]", calls)).isEqualTo(Outcome.PASSED);
    assertThat(trajectory("[" + pay + ", search]", calls)).isEqualTo(Outcome.FAILED);
    assertThat(trajectory("[search]", calls)).isEqualTo(Outcome.FAILED);
    assertThat(trajectory("{mode: in-order, calls: [search]}", calls)).isEqualTo(Outcome.PASSED);
    assertThat(trajectory("{mode: in-order, calls: [pay, search]}", calls))
        .isEqualTo(Outcome.FAILED);
    assertThat(trajectory("{mode: any-order, calls: [pay, search]}", calls))
        .isEqualTo(Outcome.PASSED);
    assertThat(trajectory("{mode: any-order, calls: [pay, pay]}", calls)).isEqualTo(Outcome.FAILED);
    assertThat(
            trajectory("{mode: any-order, calls: [{tool: pay, arguments: {amount: 31}}]}", calls))
        .isEqualTo(Outcome.FAILED);
    assertThat(trajectory("[" + pay + "]", List.of(new ToolCall("pay", null))))
        .isEqualTo(Outcome.JUDGE_FAILED);
  }

  @Test
  void countsWhatWasSpent() {
    Spent spent = new Spent(Duration.ofMillis(1500), new BigDecimal("0.02"), 100, 50, 2, 3);
    Evidence evidence = new Evidence("", "x", List.of(), spent, true);

    assertThat(VALIDATORS.judge(new AnswerCheck.Cost(new BigDecimal("0.02")), evidence).passed())
        .isTrue();
    assertThat(VALIDATORS.judge(new AnswerCheck.Cost(new BigDecimal("0.01")), evidence).reason())
        .isEqualTo("cost $0.02, more than $0.01");
    assertThat(VALIDATORS.judge(new AnswerCheck.Tokens(149), evidence).reason())
        .isEqualTo("used 150 tokens, more than 149");
    assertThat(VALIDATORS.judge(new AnswerCheck.Latency(Duration.ofSeconds(1)), evidence).reason())
        .isEqualTo("took 1500 ms, more than 1s");
    assertThat(VALIDATORS.judge(new AnswerCheck.Attempts(1), evidence).reason())
        .isEqualTo("took 2 attempts, more than 1");
  }

  private static Outcome trajectory(String calls, List<ToolCall> made) {
    GoldenFile task =
        GoldenFile.single(
            PolicyTree.of(Map.of("id", "a", "checks", List.of("trajectory: " + calls))));
    assertThat(task.problems()).isEmpty();
    return VALIDATORS
        .judge(
            task.tasks().get(0).spec().checks().get(0).check(),
            new Evidence("", "x", made, Spent.NOTHING, false))
        .outcome();
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

  /** Passes what is written in capitals. */
  public static final class Shouting implements Validator {
    @Override
    public Verdict validate(Evidence evidence, String expected) {
      return Verdict.of(
          evidence.text().equals(evidence.text().toUpperCase(Locale.ROOT)), "not loud enough");
    }
  }
}
