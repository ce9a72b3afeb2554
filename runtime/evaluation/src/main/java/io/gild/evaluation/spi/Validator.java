package io.gild.evaluation.spi;

/**
 * Judges an answer.
 *
 * <p>A class named by {@code @GoldenTask(validatorClass = ...)} or a {@code custom} check has a
 * public constructor without parameters; each answer gets its own instance. If it throws, it could
 * not judge.
 */
@FunctionalInterface
public interface Validator {

  /**
   * Judges an answer.
   *
   * @param evidence the answer, and all known facts about it
   * @param expected the expected answer of the task; possibly empty
   * @return the verdict
   */
  Verdict validate(Evidence evidence, String expected);
}
