package io.gild.evaluation;

import io.gild.config.Durations;
import io.gild.gates.Outcome;
import io.gild.gates.Spent;
import io.gild.gates.TaskResult;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs golden tasks in worker JVMs, as many as run at the same time. A worker that dies or hangs
 * fails only its current task; the next task gets a new worker.
 */
final class WorkerRunner implements TaskRunner {

  /** How much longer than the task's own timeout to wait for a worker; its start does not count. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final WorkerCommand command;
  private final ConcurrentLinkedDeque<WorkerProcess> idle = new ConcurrentLinkedDeque<>();

  WorkerRunner(WorkerCommand command) {
    this.command = command;
  }

  @Override
  public TaskResult run(PlannedRun planned) {
    Instant started = Instant.now();
    WorkerProcess worker = idle.pollFirst();
    try {
      if (worker == null) {
        worker = WorkerProcess.start(command);
      }
      TaskResult result = worker.run(planned, planned.timeout().plus(GRACE));
      if (result.outcome() == Outcome.TIMED_OUT) {
        worker.kill(); // its thread may run forever and slow down the next task
      } else {
        idle.addFirst(worker);
      }
      return result;
    } catch (TimeoutException late) {
      worker.kill();
      return planned.without(
          Outcome.TIMED_OUT,
          "no answer within "
              + Durations.format(planned.timeout())
              + ", and the JVM of the agent ignored the timeout and was killed",
          started,
          spent(started));
    } catch (IOException died) {
      String ending = worker == null ? String.valueOf(died.getMessage()) : worker.ending();
      if (worker != null) {
        worker.kill();
      }
      return planned.without(Outcome.ERROR, ending, started, spent(started));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      if (worker != null) {
        worker.kill();
      }
      return planned.without(Outcome.SKIPPED, "the run was ended", started, Spent.NOTHING);
    }
  }

  private static Spent spent(Instant started) {
    Duration latency = Duration.between(started, Instant.now());
    return new Spent(latency.isNegative() ? Duration.ZERO : latency, BigDecimal.ZERO, 0, 0, 1, 0);
  }

  @Override
  public void close() {
    for (WorkerProcess worker = idle.poll(); worker != null; worker = idle.poll()) {
      worker.end(1, TimeUnit.SECONDS);
    }
  }
}
