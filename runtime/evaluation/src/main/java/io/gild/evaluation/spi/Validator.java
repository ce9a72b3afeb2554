package io.gild.evaluation.spi;

import org.jspecify.annotations.Nullable;

/**
 * Judges an answer.
 *
 * <p>A class named by {@code @GoldenTask(validatorClass = ...)} has a public constructor without
 * parameters. One instance judges one answer.
 */
@FunctionalInterface
public interface Validator {

  /**
   * Judges an answer.
   *
   * @param expected what the task expects, possibly empty
   * @param answer what the agent returned, {@code null} included
   * @return the verdict
   */
  Verdict validate(String expected, @Nullable Object answer);
}
