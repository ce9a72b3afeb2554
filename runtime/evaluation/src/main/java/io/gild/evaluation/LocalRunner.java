package io.gild.evaluation;

import io.gild.config.Durations;
import io.gild.core.GildLog;
import io.gild.gates.Outcome;
import io.gild.gates.Spent;
import io.gild.gates.TaskResult;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs golden tasks in this JVM, each on its own thread, which is abandoned after the timeout.
 *
 * <p>Such a thread is interrupted; one that ignores the interrupt continues as a daemon.
 */
final class LocalRunner implements TaskRunner {

  private final GoldenAgents agents;
  private final Validators validators;
  private final ClassLoader loader;

  LocalRunner(ClassLoader loader) {
    this.loader = loader;
    this.agents = new GoldenAgents(loader);
    this.validators = new Validators(loader);
  }

  @Override
  public TaskResult run(PlannedRun planned) {
    Instant started = Instant.now();
    CompletableFuture<TaskResult> result = new CompletableFuture<>();
    TaskRun run = new TaskRun(planned, agents, validators, started);
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(run.run());
              } catch (Throwable fault) {
                result.completeExceptionally(fault);
              }
            },
            "gild-golden-" + planned.spec().id());
    thread.setDaemon(true);
    thread.setContextClassLoader(loader);
    ExitWatch.begin(thread, planned, started);
    thread.start();
    try {
      return result.get(planned.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      run.timedOut();
      return giveUp(thread, planned, started);
    } catch (ExecutionException broken) {
      GildLog.faultOnce("Running golden task " + planned.key(), broken);
      return planned.without(
          Outcome.ERROR, "the task could not be run: " + broken.getCause(), started, Spent.NOTHING);
    } catch (InterruptedException interrupted) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      return planned.without(Outcome.SKIPPED, "the run was ended", started, Spent.NOTHING);
    } finally {
      ExitWatch.end(thread);
    }
  }

  private static TaskResult giveUp(Thread thread, PlannedRun planned, Instant started) {
    StackTraceElement[] stack = thread.getStackTrace();
    thread.interrupt();
    Spent spent = new Spent(planned.timeout(), BigDecimal.ZERO, 0, 0, 0, 0);
    return planned.without(
        Outcome.TIMED_OUT,
        "no answer within " + text(planned.timeout()) + where(stack, planned),
        started,
        spent);
  }

  private static String text(Duration timeout) {
    return Durations.format(timeout);
  }

  /** Names the innermost line of the agent's own code. */
  private static String where(StackTraceElement[] stack, PlannedRun planned) {
    for (StackTraceElement frame : stack) {
      if (frame.getClassName().equals(planned.agent().type())) {
        return "; it was in " + text(frame);
      }
    }
    return stack.length == 0 ? "" : "; it was in " + text(stack[0]);
  }

  private static String text(StackTraceElement frame) {
    return "%s.%s(%s:%d)"
        .formatted(
            frame.getClassName(),
            frame.getMethodName(),
            frame.getFileName(),
            frame.getLineNumber());
  }
}
