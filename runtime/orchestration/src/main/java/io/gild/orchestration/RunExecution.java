package io.gild.orchestration;

import io.gild.config.PolicyTree;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildLog;
import io.gild.core.MethodSpec;
import io.gild.core.WorkProbe;
import io.gild.core.WrappedMethod;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Executes one run: begins, suspends, resumes, cancels, compensates and ends it. Thread-safe. */
final class RunExecution {

  private static final Object SUSPENDED = new Object();

  private final Workflow<?, ?> workflow;
  private final RunHistory history;
  private final RunJournal journal;
  private final RunServices services;
  private final RunSignal signal;
  private final RunScope scope;
  private final @Nullable Object input;
  private final WrappedMethod method;
  private final Consumer<RunExecution> onOver;
  private final CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
  private volatile @Nullable Runnable ending;
  private boolean executing;
  private boolean again;

  /**
   * Creates an execution.
   *
   * @param onOver gets this when nothing of it runs anymore
   */
  RunExecution(
      Workflow<?, ?> workflow,
      RunHistory history,
      RunJournal journal,
      RunServices services,
      @Nullable Object input,
      Consumer<RunExecution> onOver) {
    this.workflow = workflow;
    this.history = history;
    this.journal = journal;
    this.services = services;
    this.input = input;
    this.onOver = onOver;
    this.signal = new RunSignal(history.cancelReason() != null);
    this.scope =
        new RunScope(
            history.id(),
            history.tenant(),
            workflow.name(),
            workflow.version(),
            new RunSteps(history, journal, signal, services, workflow.loader()),
            new RunThreads(services.threads(), signal),
            new RunBudget(workflow.name(), workflow.budget(), history.nanoUsd()),
            signal,
            new CancelActions(),
            RunScope.noCompensations());
    this.method = WrappedMethod.of(workflow.owner(), spec(workflow));
  }

  private static MethodSpec spec(Workflow<?, ?> workflow) {
    return new MethodSpec(
        CallKind.AGENT,
        workflow.name(),
        workflow.version(),
        workflow.name(),
        "run",
        "(Ljava/lang/Object;)Ljava/lang/Object;",
        List.of(new MethodSpec.Parameter("input", "java.lang.Object", MethodSpec.Role.NONE)),
        Effect.NONE,
        PolicyTree.empty());
  }

  String id() {
    return scope.id();
  }

  @Nullable Duration timeLimit() {
    return workflow.timeLimit();
  }

  RunHistory history() {
    return history;
  }

  CompletableFuture<@Nullable Object> result() {
    return result;
  }

  private boolean isOver() {
    return ending != null || result.isDone();
  }

  /** Executes the run on a thread of its own, from its start or from where it stopped. */
  synchronized void go() {
    if (executing) {
      again = true;
      return;
    }
    executing = true;
    again = false;
    scope.threads().startMain(this::execute);
  }

  private void execute() {
    Runnable described = RunSpans.describeRun(scope, history.trace());
    Runnable labels = RunLabels.ofRun(scope);
    try {
      Object value = method.call(null, this::governed, input);
      if (history.ending() != null) {
        conclude(RunState.FAILED, String.valueOf(history.error()), null);
      } else if (value != SUSPENDED) {
        succeed(value);
      }
    } catch (RunNotRecorded stopped) {
      giveUp(stopped);
    } catch (Throwable failure) {
      if (!signal.isClosing() || signal.isCanceled()) {
        fail(failure);
      }
    } finally {
      labels.run();
      described.run();
    }
    over();
  }

  private @Nullable Object governed(@Nullable Object[] arguments) throws Exception {
    recordTrace();
    try {
      Object value = workflow.root().run(new Node.Place(scope, ""), arguments[0]);
      RunSpans.state(RunState.COMPLETED);
      return value;
    } catch (RunSuspended waits) {
      RunSpans.state(RunState.WAITING);
      return SUSPENDED;
    } catch (RunCanceled canceled) {
      RunSpans.state(RunState.CANCELED);
      throw canceled;
    } catch (StepFailed failed) {
      RunSpans.state(RunState.FAILED);
      throw failed;
    }
  }

  /** The JVM that continues the run links its part to this one. */
  private void recordTrace() {
    String identity = RunSpans.identity();
    if (identity != null) {
      Map<String, @Nullable Object> line = line(RunLines.TRACE);
      line.put(RunSpans.TRACEPARENT, identity);
      journal.add(line);
    }
  }

  private void over() {
    boolean repeat;
    synchronized (this) {
      executing = false;
      repeat = again && ending == null && !signal.isClosing();
    }
    Runnable end = ending;
    if (repeat) {
      go();
    } else if (end != null || signal.isClosing()) {
      journal.close();
      onOver.accept(this);
      if (end != null) {
        end.run(); // a caller that resumes the run now gets a new execution
      }
    }
  }

  private void succeed(@Nullable Object value) {
    Map<String, @Nullable Object> line = line(RunLines.ENDED);
    line.put("state", RunState.COMPLETED.name());
    try {
      journal.add(line, value);
      history.result(value);
      metered(RunState.COMPLETED);
      ending = () -> result.complete(value);
    } catch (RunNotRecorded stopped) {
      giveUp(stopped);
    } catch (OrchestrationException unrecordable) {
      fail(unrecordable);
    }
  }

  private void fail(Throwable failure) {
    try {
      if (signal.isCanceled()) {
        String reason = String.valueOf(history.cancelReason());
        conclude(RunState.CANCELED, reason, new RunCanceled(id(), reason));
      } else {
        String message = failure.getMessage();
        conclude(RunState.FAILED, message == null ? failure.toString() : message, failure);
      }
    } catch (RunNotRecorded stopped) {
      giveUp(stopped);
    }
  }

  /** Compensates the finished steps and ends the run. */
  private void conclude(RunState state, String error, @Nullable Throwable thrown) {
    Thread.interrupted(); // canceling interrupted the steps, and not what undoes them
    RunState recorded = history.ending();
    if (recorded == null) {
      Map<String, @Nullable Object> line = line(RunLines.ENDING);
      line.put("state", state.name());
      line.put("error", error);
      journal.add(line);
    }
    compensate();
    List<String> left = history.notCompensated();
    String whole = left.isEmpty() ? error : error + "; not compensated: " + String.join(", ", left);
    Map<String, @Nullable Object> line = line(RunLines.ENDED);
    line.put("state", (recorded == null ? state : recorded).name());
    line.put("error", whole);
    journal.add(line);
    metered(recorded == null ? state : recorded);
    Throwable failure = thrown == null ? new OrchestrationException(whole) : thrown;
    ending = () -> result.completeExceptionally(failure);
  }

  private void metered(RunState state) {
    services.meters().ended(state, Duration.between(history.started(), services.clock().now()));
  }

  private void compensate() {
    for (String path : history.finishedBackwards()) {
      RunScope.Undo undo = scope.compensations().get(path);
      if (undo != null) {
        Map<String, @Nullable Object> line =
            RunLines.line(RunLines.UNDONE, services.clock().now(), path);
        try {
          undo(path, undo);
        } catch (RunNotRecorded stopped) {
          throw stopped;
        } catch (Throwable failure) {
          line.put("error", String.valueOf(failure));
        }
        journal.add(line);
      }
    }
  }

  private void undo(String path, RunScope.Undo undo) throws Exception {
    WorkProbe.<@Nullable Object>run(
        workflow.name(),
        false,
        new StepEffects(scope.steps(), path + "~undo"),
        seen -> {},
        () -> {
          undo.run();
          return null;
        });
  }

  private void giveUp(RunNotRecorded stopped) {
    GildLog.faultOnce("The run " + id(), stopped);
    ending = () -> result.completeExceptionally(stopped);
  }

  private Map<String, @Nullable Object> line(String type) {
    return RunLines.line(type, services.clock().now());
  }

  /**
   * Cancels the run: its steps are interrupted, and finished ones are compensated.
   *
   * @param request number of the request of another process, or 0
   * @return whether it was not over or canceled before
   */
  boolean cancel(String reason, long request) {
    synchronized (this) {
      if (isOver() || signal.isCanceled() || history.ending() != null) {
        return false;
      }
      Map<String, @Nullable Object> line = line(RunLines.CANCEL);
      line.put("reason", reason);
      line.put("request", request);
      journal.add(line);
      signal.cancel();
    }
    scope.cancelActions().run(); // a step that is interrupted forgets its own
    scope.threads().interrupt();
    go();
    return true;
  }

  /** Stops the threads; a durable run can be resumed, another one is canceled. */
  void close() {
    if (!journal.isDurable()) {
      cancel("its orchestrator was closed", 0);
      return;
    }
    boolean idle;
    synchronized (this) {
      signal.close();
      idle = !executing;
    }
    scope.threads().interrupt();
    if (idle) {
      over();
    }
  }

  /**
   * Decides what the run waits for.
   *
   * @param path the step, or {@code null} for all that wait
   * @param request number of the request of another process, or 0
   * @return whether anything was decided
   */
  boolean decide(@Nullable String path, Decision decision, long request) {
    synchronized (this) {
      Set<String> asked = new LinkedHashSet<>(history.questions().keySet());
      if (path != null) {
        asked.retainAll(Set.of(path));
      }
      if (asked.isEmpty() || isOver()) {
        return false;
      }
      asked.forEach(each -> record(each, decision.at(services.clock().now()), request));
    }
    go();
    return true;
  }

  /** Records that a request of another process came too late. */
  void ignore(long request) {
    Map<String, @Nullable Object> line = line(RunLines.IGNORED);
    line.put("request", request);
    synchronized (this) {
      if (!isOver()) {
        journal.add(line);
      }
    }
  }

  private void record(String path, Decision decision, long request) {
    Map<String, @Nullable Object> line = RunLines.line(RunLines.DECIDED, decision.time(), path);
    line.put("approved", decision.approved());
    line.put("by", decision.by());
    line.put("comment", decision.comment());
    line.put("request", request);
    journal.add(line);
  }
}
