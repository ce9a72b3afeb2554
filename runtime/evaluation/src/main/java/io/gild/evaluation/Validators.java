package io.gild.evaluation;

import io.gild.config.AnswerCheck;
import io.gild.config.WeightedCheck;
import io.gild.evaluation.spi.Evidence;
import io.gild.evaluation.spi.Validator;
import io.gild.evaluation.spi.Verdict;
import io.gild.gates.CheckResult;
import io.gild.gates.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * Judges answers by the checks of golden tasks.
 *
 * <p>Thread-safe. A check that breaks has not judged: it is {@code JUDGE_FAILED}, never a failure of
 * the agent.
 */
public final class Validators {

  private final ClassLoader loader;
  private final Map<Class<?>, BiFunction<AnswerCheck, Evidence, Verdict>> judges =
      new LinkedHashMap<>();

  /**
   * Creates validators.
   *
   * @param loader finds the classes of custom checks, embedders and judges
   */
  public Validators(ClassLoader loader) {
    this.loader = loader;
    on(AnswerCheck.Exact.class, (check, evidence) -> exact(check.text(), evidence.text()));
    on(AnswerCheck.Contains.class, (check, evidence) -> contains(check.text(), evidence.text()));
    on(AnswerCheck.Regex.class, (check, evidence) -> regex(check.pattern(), evidence.text()));
    on(
        AnswerCheck.Similarity.class,
        (check, evidence) -> similar(check.text(), evidence.text(), check.threshold()));
    on(AnswerCheck.Custom.class, this::custom);
  }

  /**
   * Judges an answer by one check.
   *
   * @param check the check
   * @param evidence the answer
   * @return the verdict
   */
  public Verdict judge(AnswerCheck check, Evidence evidence) {
    BiFunction<AnswerCheck, Evidence, Verdict> judge = judges.get(check.getClass());
    if (judge == null) {
      return Verdict.judgeFailed("nothing judges by " + check);
    }
    try {
      return judge.apply(check, evidence);
    } catch (RuntimeException | LinkageError | StackOverflowError fault) {
      return Verdict.judgeFailed("the check broke: " + fault);
    }
  }

  /**
   * Judges an answer by several checks.
   *
   * @param checks the checks
   * @param evidence the answer
   * @return what each of them found, in their order
   */
  public List<CheckResult> judge(List<WeightedCheck> checks, Evidence evidence) {
    List<CheckResult> results = new ArrayList<>();
    for (WeightedCheck check : checks) {
      Verdict verdict = judge(check.check(), evidence);
      results.add(
          new CheckResult(
              check.text(), verdict.outcome(), verdict.score(), check.weight(), verdict.reason()));
    }
    return results;
  }

  private <C extends AnswerCheck> void on(
      Class<C> type, BiFunction<C, Evidence, Verdict> judge) {
    judges.put(type, (check, evidence) -> judge.apply(type.cast(check), evidence));
  }

  private static Verdict exact(String expected, String answer) {
    return Verdict.of(answer.equals(expected), "the answer is not the expected text");
  }

  private static Verdict contains(String expected, String answer) {
    return Verdict.of(
        answer.contains(expected), "the answer does not contain the expected text");
  }

  private static Verdict regex(String pattern, String answer) {
    try {
      return Verdict.of(
          Pattern.compile(pattern).matcher(new BoundedText(answer)).find(),
          "the pattern is not found in the answer");
    } catch (BoundedText.TooManySteps endless) {
      return Verdict.fail("the pattern needs too many steps on this answer; simplify it");
    }
  }

  private static Verdict similar(String expected, String answer, double threshold) {
    double score = Similarity.of(expected, answer);
    return score >= threshold
        ? new Verdict(Outcome.PASSED, score, "")
        : new Verdict(
            Outcome.FAILED,
            score,
            "similarity is %.3f, below %.3f".formatted(score, threshold));
  }

  private Verdict custom(AnswerCheck.Custom check, Evidence evidence) {
    try {
      Validator validator =
          loader
              .loadClass(check.type())
              .asSubclass(Validator.class)
              .getDeclaredConstructor()
              .newInstance();
      return validator.validate(evidence, check.expected());
    } catch (ReflectiveOperationException | ClassCastException failure) {
      return Verdict.judgeFailed("validator " + check.type() + " cannot be made: " + failure);
    }
  }
}
