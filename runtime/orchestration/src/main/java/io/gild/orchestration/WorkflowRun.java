package io.gild.orchestration;

import io.gild.config.Experimental;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A run of a workflow. Thread-safe.
 *
 * @param <O> what it returns
 */
@Experimental
public final class WorkflowRun<O extends @Nullable Object> {

  private final RunExecution execution;

  WorkflowRun(RunExecution execution) {
    this.execution = execution;
  }

  /**
   * Returns the name.
   *
   * @return the identifier
   */
  public String id() {
    return execution.id();
  }

  /**
   * Returns what happened so far.
   *
   * @return a snapshot
   */
  public RunRecord record() {
    return execution.history().toRecord();
  }

  /**
   * Waits for the result.
   *
   * @param most how long to wait
   * @return the result
   * @throws StepFailed if a step failed
   * @throws RunCanceled if the run was canceled
   * @throws TimeoutException if the run is not over; it goes on
   * @throws InterruptedException if the thread is interrupted; the run goes on
   */
  public O await(Duration most) throws TimeoutException, InterruptedException {
    try {
      return result().get(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof OrchestrationException known) {
        throw known;
      }
      throw new OrchestrationException("run " + id() + " failed: " + failed.getCause(), failed);
    }
  }

  /**
   * Returns the result when there is one.
   *
   * @return completes when the run is over; canceling it does not cancel the run
   */
  @SuppressWarnings("unchecked") // the workflow's last step returned it
  public CompletableFuture<O> result() {
    return (CompletableFuture<O>) execution.result().copy();
  }

  /**
   * Cancels the run: its steps are interrupted, and finished ones are compensated.
   *
   * @param reason why
   */
  public void cancel(String reason) {
    execution.cancel(reason, 0);
  }

  /**
   * Decides what the run waits for.
   *
   * @param decision the decision
   * @return whether the run waited for one
   */
  public boolean decide(Decision decision) {
    return execution.decide(null, decision, 0);
  }
}
