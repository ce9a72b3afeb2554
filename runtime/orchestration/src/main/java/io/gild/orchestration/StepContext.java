package io.gild.orchestration;

import io.gild.config.Experimental;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A step's place in its run. Thread-safe. */
@Experimental
public interface StepContext {

  /**
   * Returns the name of the run.
   *
   * @return the identifier
   */
  String runId();

  /**
   * Returns the place of the step in its run, such as {@code review[2]/write}.
   *
   * @return names of the steps from the outside in
   */
  String path();

  /**
   * Returns the number of the attempt in this JVM.
   *
   * @return 1 or more
   */
  int attempt();

  /**
   * Returns on whose behalf the run works.
   *
   * @return the tenant; empty if none was given
   */
  String tenant();

  /**
   * Returns a key for requests that a receiver must not execute twice. It is the same in all
   * attempts of the step, also after a failure of the JVM.
   *
   * @return run and path
   */
  String idempotencyKey();

  /**
   * Does something to the world once: if an earlier attempt of this step did it, also in a JVM that
   * was killed, the recorded result is returned.
   *
   * @param name name of the effect, unique within the step
   * @param effect does it
   * @param <T> type of the result, which must be recordable if the run is durable
   * @return its result
   * @throws EffectInDoubt if an earlier JVM was killed while it ran
   * @throws Exception what it threw
   */
  <T extends @Nullable Object> T effect(String name, Callable<T> effect) throws Exception;

  /**
   * Returns whether the run was canceled. Its threads are interrupted, too.
   *
   * @return {@code true} if the step should end
   */
  boolean isCanceled();

  /**
   * Registers how to end work that an interrupt does not reach, such as a task of another agent.
   *
   * @param action runs once if the run is canceled while the step runs; at once if it already is
   */
  void onCancel(Runnable action);
}
