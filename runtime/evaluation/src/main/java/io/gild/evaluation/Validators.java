package io.gild.evaluation;

import io.gild.config.GoldenSpec;
import io.gild.evaluation.spi.Validator;
import io.gild.evaluation.spi.Verdict;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The validators that golden tasks name. */
public final class Validators {

  private Validators() {}

  /**
   * Returns the validator that a task names.
   *
   * @param task the task
   * @param loader finds the class of a custom validator
   * @return a validator for one answer
   * @throws IllegalArgumentException if a custom validator cannot be made
   */
  public static Validator of(GoldenSpec task, ClassLoader loader) {
    return switch (task.validator()) {
      case "contains" -> Validators::contains;
      case "regex" -> Validators::regex;
      case "similarity" -> (expected, answer) -> similar(expected, answer, task.threshold());
      case "custom" -> custom(task.validatorClass(), loader);
      default -> Validators::exact;
    };
  }

  private static Verdict exact(String expected, @Nullable Object answer) {
    return String.valueOf(answer).equals(expected)
        ? Verdict.pass()
        : Verdict.fail("the answer is not the expected text");
  }

  private static Verdict contains(String expected, @Nullable Object answer) {
    return String.valueOf(answer).contains(expected)
        ? Verdict.pass()
        : Verdict.fail("the answer does not contain the expected text");
  }

  private static Verdict regex(String expected, @Nullable Object answer) {
    try {
      return Pattern.compile(expected).matcher(new BoundedText(String.valueOf(answer))).find()
          ? Verdict.pass()
          : Verdict.fail("the pattern is not found in the answer");
    } catch (BoundedText.TooManySteps endless) {
      return Verdict.fail("the pattern needs too many steps on this answer; simplify it");
    }
  }

  private static Verdict similar(String expected, @Nullable Object answer, double threshold) {
    double score = Similarity.of(expected, String.valueOf(answer));
    return new Verdict(
        score >= threshold,
        score,
        score >= threshold ? "" : "similarity is %.3f, below %.3f".formatted(score, threshold));
  }

  private static Validator custom(String className, ClassLoader loader) {
    try {
      return loader
          .loadClass(className)
          .asSubclass(Validator.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | ClassCastException failure) {
      throw new IllegalArgumentException(
          "Validator " + className + " cannot be made: " + failure, failure);
    }
  }
}
