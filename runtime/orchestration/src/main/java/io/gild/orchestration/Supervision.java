package io.gild.orchestration;

import io.gild.config.Experimental;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a supervisor knows when it decides what happens next.
 *
 * @param task the task
 * @param workers what each worker does, by its name
 * @param done the delegations so far, in order
 * @param left how many more delegations are allowed
 */
@Experimental
public record Supervision(
    @Nullable Object task, Map<String, String> workers, List<Done> done, int left) {

  /**
   * A delegation that ended.
   *
   * @param worker the worker
   * @param input what the worker got
   * @param result what the worker returned, or {@code null} if it failed
   * @param error why the worker failed, or {@code null}
   */
  public record Done(
      String worker, @Nullable Object input, @Nullable Object result, @Nullable String error) {}

  /**
   * What happens next.
   *
   * @param worker the worker that gets work, or {@code null} if the task is done
   * @param value what the worker gets, or the result of the task
   */
  public record Next(@Nullable String worker, @Nullable Object value) {}

  /** Copies the collections. */
  public Supervision {
    workers = Map.copyOf(workers);
    done = List.copyOf(done);
  }

  /**
   * Gives work to a worker.
   *
   * @param worker its name
   * @param input what it gets
   * @return the decision
   */
  public static Next delegate(String worker, @Nullable Object input) {
    return new Next(worker, input);
  }

  /**
   * Ends the task.
   *
   * @param result its result
   * @return the decision
   */
  public static Next finish(@Nullable Object result) {
    return new Next(null, result);
  }
}
