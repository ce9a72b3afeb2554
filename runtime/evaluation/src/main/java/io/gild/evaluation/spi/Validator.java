package io.gild.evaluation.spi;

/**
 * Judges an answer.
 *
 * <p>A class named by {@code @GoldenTask(validatorClass = ...)} or a {@code custom} check has a
 * public constructor without parameters; each answer gets an instance of its own. What it throws
 * means that it could not judge.
 */
@FunctionalInterface
public interface Validator {

  /**
   * Judges an answer.
   *
   * @param evidence the answer, and all that is known of it
   * @param expected what the task expects; possibly empty
   * @return the verdict
   */
  Verdict validate(Evidence evidence, String expected);
}
