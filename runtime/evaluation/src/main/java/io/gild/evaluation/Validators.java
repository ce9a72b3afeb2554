package io.gild.evaluation;

import io.gild.config.Experimental;
import io.gild.core.spi.Embedder;
import io.gild.evaluation.spi.Evidence;
import io.gild.evaluation.spi.Validator;
import io.gild.evaluation.spi.Verdict;
import io.gild.gates.CheckResult;
import io.gild.gates.Outcome;
import io.gild.golden.AnswerCheck;
import io.gild.golden.GoldenSpec;
import io.gild.golden.WeightedCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Judges answers by the checks of golden tasks.
 *
 * <p>Thread-safe. A check that throws has not judged: its outcome is {@code JUDGE_FAILED}, never a
 * failure of the agent.
 */
@Experimental
public final class Validators {

  private final ClassLoader loader;
  private final Helpers helpers;
  private final Map<Class<?>, BiFunction<AnswerCheck, Evidence, Verdict>> judges =
      new LinkedHashMap<>();

  /**
   * Creates validators.
   *
   * @param loader finds the classes of custom checks, embedders, judges and language detectors
   */
  public Validators(ClassLoader loader) {
    this(loader, new Helpers(loader));
  }

  Validators(ClassLoader loader, Helpers helpers) {
    this.loader = loader;
    this.helpers = helpers;
    on(AnswerCheck.Exact.class, (check, given) -> TextChecks.exact(check, text(given)));
    on(AnswerCheck.Contains.class, (check, given) -> TextChecks.contains(check, text(given)));
    on(AnswerCheck.Regex.class, (check, given) -> TextChecks.regex(check, text(given)));
    on(AnswerCheck.Length.class, (check, given) -> TextChecks.length(check, text(given)));
    on(AnswerCheck.Number.class, Numbers::judge);
    on(AnswerCheck.Json.class, JsonChecks::equal);
    on(AnswerCheck.JsonSchema.class, JsonChecks::ofSchema);
    on(AnswerCheck.Similarity.class, this::similar);
    on(
        AnswerCheck.RougeL.class,
        (check, given) ->
            Likeness.judge(
                "ROUGE-L", Likeness.rougeL(check.text(), given.text()), check.threshold()));
    on(
        AnswerCheck.Levenshtein.class,
        (check, given) -> Likeness.spelling(check.text(), given.text(), check.threshold()));
    on(AnswerCheck.Language.class, this::language);
    on(AnswerCheck.Refusal.class, (check, given) -> Refusals.judge(check.expected(), text(given)));
    on(
        AnswerCheck.NoPii.class,
        (check, given) -> PersonalDataCheck.judge(check.kinds(), text(given)));
    on(AnswerCheck.Judge.class, (check, given) -> helpers.judge().judge(check, given));
    on(AnswerCheck.Trajectory.class, new Trajectories(this)::judge);
    on(AnswerCheck.Cost.class, Spending::cost);
    on(AnswerCheck.Tokens.class, Spending::tokens);
    on(AnswerCheck.Latency.class, Spending::latency);
    on(AnswerCheck.Attempts.class, Spending::attempts);
    on(AnswerCheck.Custom.class, this::custom);
    on(AnswerCheck.Not.class, (check, given) -> not(judge(check.check(), given), check));
    on(AnswerCheck.All.class, (check, given) -> all(judge(check.checks(), given)));
    on(AnswerCheck.Any.class, (check, given) -> any(judge(check.checks(), given)));
  }

  private <C extends AnswerCheck> void on(Class<C> type, BiFunction<C, Evidence, Verdict> judge) {
    judges.put(type, (check, evidence) -> judge.apply(type.cast(check), evidence));
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
      throw new IllegalStateException("no validator for " + check.getClass().getName());
    }
    try {
      Verdict verdict = judge.apply(check, evidence);
      // A validator of the application may return anything.
      return verdict == null ? Verdict.judgeFailed("the check gave no verdict") : verdict;
    } catch (BoundedText.TooManySteps endless) {
      return Verdict.judgeFailed("the answer needs too many steps to be searched");
    } catch (RuntimeException | LinkageError | StackOverflowError fault) {
      return Verdict.judgeFailed("the check broke: " + fault);
    }
  }

  /**
   * Judges an answer by several checks.
   *
   * @param checks the checks
   * @param evidence the answer
   * @return the result of each of them, in their order
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

  /**
   * Judges a task by the results of its checks: each check must pass or, with a pass score, the
   * weighted mean must reach it and each required check pass.
   *
   * @param task the task
   * @param results the results of the checks of its turns and of its own, in their order
   * @return the verdict, with the weighted mean as score
   */
  public static Verdict verdict(GoldenSpec task, List<CheckResult> results) {
    Scored scored = Scored.of(task, results);
    return new Verdict(scored.outcome(), scored.score(), scored.message());
  }

  private static String text(Evidence evidence) {
    return Composed.of(evidence.text());
  }

  private Verdict similar(AnswerCheck.Similarity check, Evidence evidence) {
    Embedder embedder = helpers.embedder();
    double score = Likeness.cosine(embedder, check.text(), evidence.text());
    return Likeness.judge("similarity (" + embedder.name() + ")", score, check.threshold());
  }

  private Verdict language(AnswerCheck.Language check, Evidence evidence) {
    if (helpers.languages().isEmpty()) {
      return Verdict.judgeFailed(
          "no language detector found; add the dependency io.gild:gild-language-opennlp");
    }
    Map<String, Double> languages = helpers.languages().get().detect(text(evidence));
    if (languages.isEmpty()) {
      return Verdict.judgeFailed("the answer is too short to detect its language");
    }
    String likeliest =
        languages.entrySet().stream().max(Map.Entry.comparingByValue()).get().getKey();
    double score = Math.max(0, Math.min(1, languages.getOrDefault(check.code(), 0.0)));
    return likeliest.equals(check.code())
        ? new Verdict(Outcome.PASSED, score, "")
        : new Verdict(
            Outcome.FAILED,
            score,
            "the answer is in %s, not in %s".formatted(shown(likeliest), shown(check.code())));
  }

  private static String shown(String code) {
    return Locale.forLanguageTag(code).getDisplayLanguage(Locale.ENGLISH);
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

  private static Verdict not(Verdict inner, AnswerCheck.Not check) {
    return inner.outcome() == Outcome.JUDGE_FAILED
        ? inner
        : Verdict.of(!inner.passed(), "must not match: " + check.check());
  }

  private static Verdict all(List<CheckResult> results) {
    double score = Scored.mean(results);
    for (Outcome outcome : List.of(Outcome.FAILED, Outcome.JUDGE_FAILED)) {
      List<String> reasons = reasons(results, outcome);
      if (!reasons.isEmpty()) {
        return new Verdict(outcome, score, String.join("; ", reasons));
      }
    }
    return new Verdict(Outcome.PASSED, score, "");
  }

  private static Verdict any(List<CheckResult> results) {
    double score = results.stream().mapToDouble(CheckResult::score).max().orElse(0);
    if (results.stream().anyMatch(result -> result.outcome() == Outcome.PASSED)) {
      return new Verdict(Outcome.PASSED, score, "");
    }
    List<String> open = reasons(results, Outcome.JUDGE_FAILED);
    return open.isEmpty()
        ? new Verdict(
            Outcome.FAILED,
            score,
            "none of: " + String.join("; ", reasons(results, Outcome.FAILED)))
        : new Verdict(Outcome.JUDGE_FAILED, score, String.join("; ", open));
  }

  private static List<String> reasons(List<CheckResult> results, Outcome outcome) {
    return results.stream()
        .filter(result -> result.outcome() == outcome)
        .map(result -> result.check() + ": " + result.reason())
        .toList();
  }
}
