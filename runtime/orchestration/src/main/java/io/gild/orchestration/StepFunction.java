package io.gild.orchestration;

import io.gild.config.Experimental;
import org.jspecify.annotations.Nullable;

/**
 * The code of a step, such as a method of an agent.
 *
 * @param <I> what it needs
 * @param <O> what it returns; a {@link java.util.concurrent.CompletionStage} is awaited
 */
@Experimental
@FunctionalInterface
public interface StepFunction<I extends @Nullable Object, O extends @Nullable Object> {

  /**
   * Does the work once.
   *
   * @param input the result of the step before, or the input of the workflow
   * @return the result
   * @throws Exception if the step failed
   */
  O run(I input) throws Exception;

  /**
   * The code of a step that asks about its run.
   *
   * @param <I> what it needs
   * @param <O> what it returns
   */
  @FunctionalInterface
  interface WithContext<I extends @Nullable Object, O extends @Nullable Object> {

    /**
     * Does the work once.
     *
     * @param input the result of the step before, or the input of the workflow
     * @param context the step's place in its run
     * @return the result
     * @throws Exception if the step failed
     */
    O run(I input, StepContext context) throws Exception;
  }
}
