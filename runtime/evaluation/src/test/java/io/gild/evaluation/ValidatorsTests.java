package io.gild.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Json;
import io.gild.config.PolicyTree;
import io.gild.core.spi.Embedder;
import io.gild.evaluation.spi.Evidence;
import io.gild.evaluation.spi.ToolCall;
import io.gild.evaluation.spi.Validator;
import io.gild.evaluation.spi.Verdict;
import io.gild.gates.Outcome;
import io.gild.gates.Spent;
import io.gild.golden.AnswerCheck;
import io.gild.golden.GoldenFile;
import io.gild.vectors.TextWords;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
  void judgesTimeMoneyTokensAndAttempts() {
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

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[pay]", "{mode: any-order, calls: []}"})
  void toolsThatCannotBeSeenAreNotJudged(String calls) {
    Evidence requestsOnly = new Evidence("", "x", List.of(), spent("0", 0), true, true, false);

    for (Evidence unseen : List.of(Evidence.of("", "x"), requestsOnly)) {
      Verdict verdict = VALIDATORS.judge(tools(calls), unseen);

      assertThat(verdict.outcome()).isEqualTo(Outcome.JUDGE_FAILED);
      assertThat(verdict.reason())
          .isEqualTo(
              "no call of a model or a tool was seen, so the tools are unknown. Attach the javaagent"
                  + " (gild eval does, with --javaagent; tests with -javaagent in argLine)");
      assertThat(VALIDATORS.judge(new AnswerCheck.Not(tools(calls)), unseen).outcome())
          .isEqualTo(Outcome.JUDGE_FAILED);
    }
  }

  @Test
  void noToolIsExpectedWhereToolsCanBeSeen() {
    Evidence none = new Evidence("", "x", List.of(), spent("0.001", 10), true);

    assertThat(VALIDATORS.judge(tools("[]"), none).outcome()).isEqualTo(Outcome.PASSED);
    assertThat(VALIDATORS.judge(tools("[pay]"), none).outcome()).isEqualTo(Outcome.FAILED);
  }

  private static Outcome trajectory(String calls, List<ToolCall> made) {
    return VALIDATORS
        .judge(tools(calls), new Evidence("", "x", made, Spent.NOTHING, false))
        .outcome();
  }

  private static AnswerCheck tools(String calls) {
    GoldenFile task =
        GoldenFile.single(
            PolicyTree.of(Map.of("id", "a", "checks", List.of("trajectory: " + calls))));
    assertThat(task.problems()).isEmpty();
    return task.tasks().get(0).spec().checks().get(0).check();
  }

  @Test
  void reportsUnseenUsageAsUnknown() {
    Evidence unseen = Evidence.of("", "x");
    Evidence silent = new Evidence("", "x", List.of(), spent("0", 0), true);
    Evidence unpriced = new Evidence("", "x", List.of(), spent("0.001", 10), true, false, true);
    AnswerCheck cost = new AnswerCheck.Cost(new BigDecimal("0.01"));
    AnswerCheck tokens = new AnswerCheck.Tokens(100);

    for (AnswerCheck check : List.of(cost, tokens)) {
      assertThat(VALIDATORS.judge(check, unseen))
          .extracting(Verdict::outcome, Verdict::reason)
          .containsExactly(
              Outcome.JUDGE_FAILED,
              "usage is unknown: no model request was seen. Attach the javaagent (gild eval does,"
                  + " with --javaagent; tests with -javaagent in argLine), or add the dependency"
                  + " io.gild:gild-langchain4j");
      assertThat(VALIDATORS.judge(check, silent).reason())
          .startsWith("usage is unknown: model requests were seen, but no answer reported");
    }
    assertThat(VALIDATORS.judge(cost, unpriced).reason())
        .startsWith("cost is unknown: a model has no known price.");
    assertThat(VALIDATORS.judge(tokens, unpriced).passed()).isTrue();
    assertThat(VALIDATORS.judge(new AnswerCheck.Cost(BigDecimal.ZERO), unpriced).outcome())
        .as("what is known is too much already")
        .isEqualTo(Outcome.FAILED);
  }

  private static Spent spent(String costUsd, long tokens) {
    return new Spent(Duration.ofMillis(1), new BigDecimal(costUsd), tokens, 0, 1, 1);
  }

  @Test
  void ignoresTextsThatAreNotNumbers() {
    for (Number odd : List.of(Double.NaN, Double.POSITIVE_INFINITY, Float.NaN)) {
      assertThat(VALIDATORS.judge(number("1"), Evidence.of("", odd)))
          .extracting(Verdict::outcome, Verdict::reason)
          .containsExactly(Outcome.FAILED, "the answer is " + odd + ", which is not a number");
      assertThat(judged(json("{ratio: 1}"), Map.of("ratio", odd))).isEqualTo(Outcome.FAILED);
      assertThat(judged(schema("{type: number}"), odd)).isEqualTo(Outcome.FAILED);
    }
    assertThat(judged(number("1"), "It is NaN.")).isEqualTo(Outcome.FAILED);
    assertThat(judged(number("7"), new AtomicInteger(7))).isEqualTo(Outcome.PASSED);
    assertThat(judged(number("7"), "7".repeat(2_000_000) + " and 7")).isEqualTo(Outcome.PASSED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "42|\u5408\u8a08\u306f42\u5186\u3067\u3059",
        "42|\u5408\u8a08\u306f\uff14\uff12\u5186\u3067\u3059",
        "1234.5|\u5171\uff11\uff0c\uff12\uff13\uff14\uff0e\uff15\u5143",
        "42|\u0e23\u0e32\u0e04\u0e3242\u0e1a\u0e32\u0e17",
        "123|\u0661\u0662\u0663 \u0631\u064a\u0627\u0644",
        "-3|\u30e1\u30fc\u30bf\u30fc-3"
      })
  void readsNumbersOfEveryScript(String wanted, String answer) {
    assertThat(judged(number(wanted), answer)).isEqualTo(Outcome.PASSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u672c\u88fd\u54c1\u306f\u4e09\u5341\u65e5\u4ee5\u5185\u306b\u8fd4\u54c1\u3067\u304d\u307e\u3059|\u672c\u5546\u54c1\u306f\u4e09\u5341\u65e5\u4ee5\u5185\u306b\u8fd4\u54c1\u3067\u304d\u307e\u3059",
        "\u60a8\u53ef\u4ee5\u5728\u4e09\u5341\u5929\u5185\u9000\u8d27|\u60a8\u53ef\u4ee5\u4e8e\u4e09\u5341\u5929\u5185\u9000\u8d27",
        "\u0e04\u0e38\u0e13\u0e2a\u0e32\u0e21\u0e32\u0e23\u0e16\u0e04\u0e37\u0e19\u0e2a\u0e34\u0e19\u0e04\u0e49\u0e32\u0e44\u0e14\u0e49|\u0e04\u0e38\u0e13\u0e2a\u0e32\u0e21\u0e32\u0e23\u0e16\u0e2a\u0e48\u0e07\u0e04\u0e37\u0e19\u0e2a\u0e34\u0e19\u0e04\u0e49\u0e32\u0e44\u0e14\u0e49",
        "\u1780\u17b6\u179f\u1794\u17d2\u179a\u17b6\u1780\u17cb|\u1780\u17b6\u179f\u1794\u17d2\u179a\u17b6\u1781\u17cb"
      })
  void textsWithoutBlanksHaveWords(String texts) {
    String wanted = texts.substring(0, texts.indexOf('|'));
    String given = texts.substring(texts.indexOf('|') + 1);

    Verdict like = VALIDATORS.judge(new AnswerCheck.RougeL(wanted, 0.6), Evidence.of("", given));
    assertThat(like.score()).isGreaterThan(0.6).isLessThan(1);
    assertThat(
            VALIDATORS
                .judge(new AnswerCheck.RougeL(wanted, 0.2), Evidence.of("", "refund in days"))
                .score())
        .isZero();
    assertThat(judged(words(2), given)).isEqualTo(Outcome.FAILED);
    assertThat(judged(words(30), given)).isEqualTo(Outcome.PASSED);
  }

  @Test
  void aWordOfEachScriptIsCounted() {
    assertThat(TextWords.of("It's well-known", TextWords.JOINED))
        .containsExactly("It's", "well-known");
    assertThat(TextWords.of("\u9000\u6b3e policy\u3067\u3059", TextWords.JOINED))
        .containsExactly("\u9000", "\u6b3e", "policy", "\u3067", "\u3059");
    assertThat(TextWords.of("\u30c7\u30fc\u30bf", TextWords.JOINED)).hasSize(3);
    assertThat(TextWords.of("\ud840\udc0b\ud840\udc0c", TextWords.JOINED)).hasSize(2);
    assertThat(TextWords.of("\ud658\ubd88 \uc815\ucc45", TextWords.JOINED)).hasSize(2);
    assertThat(TextWords.of("", TextWords.JOINED)).isEmpty();
  }

  @Test
  void oneTextInTwoUnicodeFormsIsOneText() {
    String composed = "caf\u00e9 d\u00e9sol\u00e9 \u304c";
    String taken = Normalizer.normalize(composed, Normalizer.Form.NFD);
    assertThat(taken).isNotEqualTo(composed);

    for (String[] pair : new String[][] {{composed, taken}, {taken, composed}}) {
      String wanted = pair[0];
      String given = pair[1];
      Map<String, Object> object = Map.of(wanted, List.of(wanted));
      for (AnswerCheck check :
          List.of(
              new AnswerCheck.Exact(wanted, false, false),
              new AnswerCheck.Exact(wanted, true, true),
              new AnswerCheck.Contains(wanted.substring(2), false, false),
              new AnswerCheck.Regex("^" + wanted + "$", true),
              new AnswerCheck.Regex("^caf. ", false),
              new AnswerCheck.Levenshtein(wanted, 1),
              new AnswerCheck.RougeL(wanted, 1),
              new AnswerCheck.Similarity(wanted, 0.9999),
              new AnswerCheck.Length(13, 13L, AnswerCheck.LengthUnit.CHARACTERS))) {
        assertThat(judged(check, given)).as(check.toString()).isEqualTo(Outcome.PASSED);
      }
      assertThat(
              judged(
                  new AnswerCheck.Json(object, false, false, BigDecimal.ZERO),
                  Json.write(Map.of(given, List.of(given)))))
          .isEqualTo(Outcome.PASSED);
      assertThat(
              judged(
                  new AnswerCheck.JsonSchema(Map.of("const", object)),
                  Map.of(given, List.of(given))))
          .isEqualTo(Outcome.PASSED);
    }
    assertThat(judged(new AnswerCheck.Refusal(true), "Je suis de\u0301sole\u0301, je ne peux pas."))
        .isEqualTo(Outcome.PASSED);
  }

  @Test
  void anEmbedderThatReturnsNoNumbersHasNotJudged() {
    for (float odd : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Likeness.cosine(embedder(text -> new float[] {odd}), "a", "b"))
          .hasMessage("embedder odd made a vector with a value that is not a number");
    }
    assertThatThrownBy(() -> Likeness.cosine(embedder(text -> new float[text.length()]), "a", "bc"))
        .hasMessage("embedder odd made vectors of 1 and of 2 numbers");
  }

  private static Embedder embedder(Function<String, float[]> vectors) {
    return new Embedder() {
      @Override
      public String name() {
        return "odd";
      }

      @Override
      public float[] embed(String text) {
        return vectors.apply(text);
      }
    };
  }

  private static Outcome judged(AnswerCheck check, Object answer) {
    return VALIDATORS.judge(check, Evidence.of("", answer)).outcome();
  }

  private static AnswerCheck number(String value) {
    return new AnswerCheck.Number(
        new BigDecimal(value), BigDecimal.ZERO, AnswerCheck.Occurrence.ANY);
  }

  private static AnswerCheck words(long most) {
    return new AnswerCheck.Length(0, most, AnswerCheck.LengthUnit.WORDS);
  }

  private static AnswerCheck json(String yaml) {
    return check("json: " + yaml);
  }

  private static AnswerCheck schema(String yaml) {
    return check("json-schema: " + yaml);
  }

  private static AnswerCheck check(String yaml) {
    return GoldenFile.single(PolicyTree.of(Map.of("id", "a", "checks", List.of(yaml))))
        .tasks()
        .get(0)
        .spec()
        .checks()
        .get(0)
        .check();
  }

  @Test
  void aValidatorWithoutAVerdictHasNotJudged() {
    assertThat(judged(new AnswerCheck.Custom(Silent.class.getName(), ""), "x"))
        .isEqualTo(Outcome.JUDGE_FAILED);
  }

  /** Returns no verdict. */
  public static final class Silent implements Validator {
    @Override
    @SuppressWarnings("NullAway") // what a validator of an application may do
    public Verdict validate(Evidence evidence, String expected) {
      return null;
    }
  }

  @Test
  void usesTheClassOfTheUser() {
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
