package io.gild.orchestration;

import io.gild.config.Experimental;
import io.gild.config.OwnedFile;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.core.Meters;
import io.gild.core.RuntimeScope;
import io.gild.core.spi.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs workflows. With a folder, runs are durable: they survive the death of their JVM and go on
 * after their last finished step when an orchestrator of the same folder {@linkplain #resume()
 * resumes} them. Thread-safe.
 */
@Experimental
public final class Orchestrator implements AutoCloseable {

  private static final Duration USUAL_KEEP = Duration.ofDays(30);
  private static final int USUAL_MOST_RUNS = 10_000;

  private final @Nullable RunFolder folder;
  private final Clock clock;
  private final Duration keep;
  private final int mostRuns;
  private final ExecutorService threads;
  private final ScheduledExecutorService timer;
  private final Map<String, Workflow<?, ?>> workflows = new ConcurrentHashMap<>();
  private final @Nullable Meters meters;
  private final Map<String, RunMeters> workflowMeters = new ConcurrentHashMap<>();
  private final Map<String, RunExecution> active = new ConcurrentHashMap<>();
  private Instant purged = Instant.EPOCH;
  private volatile long seen;
  private boolean closed;

  private Orchestrator(Builder builder) {
    this.folder = builder.folder == null ? null : new RunFolder(builder.folder);
    this.clock = builder.clock;
    this.keep = builder.keep;
    this.mostRuns = builder.mostRuns;
    this.meters = builder.meters;
    this.threads = RunExecutor.create();
    this.timer =
        GildRuntime.neutrally(
            () -> Executors.newSingleThreadScheduledExecutor(RunExecutor::timerThread));
    timer.scheduleWithFixedDelay(this::tick, 250, 250, TimeUnit.MILLISECONDS);
  }

  /**
   * Returns a builder.
   *
   * @return a builder of an orchestrator whose runs end with the JVM
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns an orchestrator as the settings of an application describe it.
   *
   * @param runtime the application's runtime, such as {@code GildRuntime.global()}
   * @return the orchestrator, to be closed
   */
  public static Orchestrator of(RuntimeScope runtime) {
    OrchestrationSettings settings = runtime.settings().get(OrchestrationSettings.SECTION);
    Builder builder =
        builder()
            .keep(settings.keep())
            .mostRuns(settings.maxRuns())
            .clock(runtime.clock())
            .meters(runtime.meters());
    if (settings.durable()) {
      builder.folder(StoredRuns.folder(runtime.settings()));
    }
    return builder.build();
  }

  /** Sets where runs are kept; not thread-safe. */
  public static final class Builder {

    private @Nullable Path folder;
    private Clock clock = Clock.SYSTEM;
    private Duration keep = USUAL_KEEP;
    private int mostRuns = USUAL_MOST_RUNS;
    private @Nullable Meters meters;

    private Builder() {}

    /**
     * Makes runs durable.
     *
     * @param path the folder, made if absent and readable by its owner alone; several orchestrators
     *     may share it
     * @return this
     */
    public Builder folder(Path path) {
      folder = path;
      return this;
    }

    /**
     * Sets how long runs that are over stay in the folder.
     *
     * @param time 30 days unless set
     * @return this
     */
    public Builder keep(Duration time) {
      keep = time;
      return this;
    }

    /**
     * Limits how many runs may be under way.
     *
     * @param runs 10,000 unless set; a run beyond is rejected
     * @return this
     */
    public Builder mostRuns(int runs) {
      mostRuns = runs;
      return this;
    }

    /**
     * Sets the time of the records.
     *
     * @param value the clock
     * @return this
     */
    public Builder clock(Clock value) {
      clock = value;
      return this;
    }

    /**
     * Sets where runs are metered.
     *
     * @param value the meters of a runtime; none unless set
     * @return this
     */
    public Builder meters(Meters value) {
      meters = value;
      return this;
    }

    /**
     * Creates the orchestrator.
     *
     * @return the orchestrator, to be closed
     */
    public Orchestrator build() {
      return new Orchestrator(this);
    }
  }

  /**
   * Makes a workflow known, so that its runs can be resumed; {@link #start} does so, too.
   *
   * @param workflow the workflow
   * @return this
   */
  public Orchestrator register(Workflow<?, ?> workflow) {
    workflows.put(workflow.name() + " " + workflow.version(), workflow);
    workflowMeters.computeIfAbsent(workflow.name(), this::newMeters);
    return this;
  }

  /**
   * Starts a run.
   *
   * @param workflow the workflow
   * @param input what it gets; must be recordable if runs are durable: texts, numbers, enums,
   *     records, lists, maps
   * @param <I> type of the input
   * @param <O> type of the result
   * @return the run
   */
  public <I extends @Nullable Object, O extends @Nullable Object> WorkflowRun<O> start(
      Workflow<I, O> workflow, I input) {
    return start(workflow, input, RunOptions.NONE);
  }

  /**
   * Starts a run, or returns the run of the same name that was started before.
   *
   * @param workflow the workflow
   * @param input what it gets
   * @param options name and tenant
   * @param <I> type of the input
   * @param <O> type of the result
   * @return the run
   * @throws OrchestrationException if the name is that of another workflow's run, the input cannot
   *     be recorded, too many runs are under way, or another orchestrator executes the run
   */
  public <I extends @Nullable Object, O extends @Nullable Object> WorkflowRun<O> start(
      Workflow<I, O> workflow, I input, RunOptions options) {
    register(workflow);
    String id = options.id() == null ? UUID.randomUUID().toString() : options.id();
    synchronized (this) {
      RunExecution known = active.get(id);
      if (known != null) {
        return new WorkflowRun<>(require(known, workflow));
      }
      if (folder != null && folder.exists(id) && !folder.deleteIfBlank(id)) {
        return new WorkflowRun<>(require(execution(id, false, 0), workflow));
      }
      return new WorkflowRun<>(begin(workflow, input, id, options.tenant()));
    }
  }

  private static RunExecution require(RunExecution run, Workflow<?, ?> workflow) {
    if (!run.history().workflow().equals(workflow.name())) {
      throw new OrchestrationException(
          "run " + run.id() + " is of " + run.history().workflow() + ", not of " + workflow.name());
    }
    return run;
  }

  private RunExecution begin(
      Workflow<?, ?> workflow, @Nullable Object input, String id, String tenant) {
    requireRoom();
    Map<String, @Nullable Object> line = RunLines.line(RunLines.STARTED, clock.now());
    line.put("id", id);
    line.put("workflow", workflow.name());
    line.put("version", workflow.version());
    line.put("tenant", tenant);
    line.put("input", folder == null ? input : RunValues.write(input));
    RunHistory history = new RunHistory();
    RunJournal journal = journal(id, history);
    journal.add(line);
    return go(workflow, history, journal, input);
  }

  private void requireRoom() {
    if (closed) {
      throw new OrchestrationException("the orchestrator was closed, so nothing starts anymore");
    }
    if (active.size() >= mostRuns) {
      throw new OrchestrationException(
          mostRuns + " runs are under way, the most that this orchestrator allows");
    }
  }

  private RunJournal journal(String id, RunHistory history) {
    if (folder == null) {
      return new RunJournal(history, null, null);
    }
    OwnedFile lock = folder.lock(id);
    if (lock == null) {
      throw new OrchestrationException("another orchestrator executes run " + id);
    }
    return new RunJournal(history, folder.journal(id), lock);
  }

  private RunExecution go(
      Workflow<?, ?> workflow, RunHistory history, RunJournal journal, @Nullable Object input) {
    RunExecution run =
        new RunExecution(workflow, history, journal, services(workflow), input, this::over);
    active.put(run.id(), run);
    seen = 0; // requests may have been left for it
    run.go();
    return run;
  }

  private RunServices services(Workflow<?, ?> workflow) {
    return new RunServices(
        threads, clock, workflowMeters.getOrDefault(workflow.name(), RunMeters.NONE));
  }

  private RunMeters newMeters(String workflow) {
    for (RunState state : RunState.values()) {
      if (meters != null && !state.isFinal()) {
        meters.publish(
            OrchestrationMeter.ACTIVE.spec(),
            this,
            owner -> owner.active(workflow, state),
            workflow,
            RunMeters.word(state));
      }
    }
    return RunMeters.of(meters, workflow);
  }

  /** Returns how many runs of a workflow are in a state. */
  private long active(String workflow, RunState state) {
    return active.values().stream()
        .map(RunExecution::history)
        .filter(history -> history.workflow().equals(workflow) && history.state() == state)
        .count();
  }

  private void over(RunExecution run) {
    active.remove(run.id(), run);
  }

  /**
   * Resumes all runs of the folder that are not over, whose workflow is known, and that no other
   * orchestrator executes. Each of the others is logged.
   *
   * @return the resumed runs
   */
  public List<WorkflowRun<?>> resume() {
    List<WorkflowRun<?>> resumed = new ArrayList<>();
    RunFolder known = folder;
    if (known == null) {
      return resumed;
    }
    for (String id : known.ids()) {
      try {
        if (!active.containsKey(id) && !known.read(id).state().isFinal()) {
          resumed.add(new WorkflowRun<>(execution(id, false, 0)));
        }
      } catch (RuntimeException left) {
        GildLog.infoOnce("Run " + id + " is not resumed: " + left.getMessage());
      }
    }
    return resumed;
  }

  /**
   * Resumes a run. A run that failed begins again at the step that failed, if nothing of it was
   * compensated.
   *
   * @param id its name
   * @return the run
   * @throws OrchestrationException if it cannot be resumed
   */
  public synchronized WorkflowRun<?> resume(String id) {
    RunExecution known = active.get(id);
    return new WorkflowRun<>(known == null ? execution(id, true, 0) : known);
  }

  /** Returns the execution of a run of the folder; one that is over has its result. */
  private synchronized RunExecution execution(String id, boolean retry, long request) {
    RunFolder known = requireFolder();
    RunHistory history = known.read(id);
    Workflow<?, ?> workflow = workflow(history);
    Object input = RunValues.read(history.input(), workflow.loader());
    if (history.state() == RunState.FAILED && retry) {
      requireNotCompensated(history);
    } else if (history.state().isFinal()) {
      return ended(workflow, history, input);
    }
    requireRoom();
    RunJournal journal = journal(id, history);
    RunHistory latest = known.read(id); // another orchestrator may have written until it was locked
    RunJournal owned = journal.with(latest);
    Map<String, @Nullable Object> line = RunLines.line(RunLines.RESUMED, clock.now());
    line.put("retry", retry && latest.state() == RunState.FAILED);
    line.put("request", request);
    owned.add(line);
    return go(workflow, latest, owned, input);
  }

  private RunExecution ended(Workflow<?, ?> workflow, RunHistory history, @Nullable Object input) {
    RunExecution run =
        new RunExecution(
            workflow,
            history,
            new RunJournal(history, null, null),
            services(workflow),
            input,
            over -> {});
    if (history.state() == RunState.COMPLETED) {
      run.result().complete(history.result(workflow.loader()));
    } else {
      run.result()
          .completeExceptionally(new OrchestrationException(String.valueOf(history.error())));
    }
    return run;
  }

  private static void requireNotCompensated(RunHistory history) {
    if (history.isCompensated()) {
      throw new OrchestrationException(
          "run "
              + history.id()
              + " failed and its steps were compensated, so it cannot go on; start a new run");
    }
  }

  private Workflow<?, ?> workflow(RunHistory history) {
    Workflow<?, ?> workflow = workflows.get(history.workflow() + " " + history.version());
    if (workflow == null) {
      throw new OrchestrationException(
          "its workflow "
              + history.workflow()
              + " "
              + history.version()
              + " is not registered, only "
              + workflows.keySet());
    }
    return workflow;
  }

  private RunFolder requireFolder() {
    if (folder == null) {
      throw new OrchestrationException(
          "this orchestrator keeps no runs; give it a folder to resume runs");
    }
    return folder;
  }

  /**
   * Returns a run that is under way here, or in the folder.
   *
   * @param id its name
   * @return what happened so far, or empty
   */
  public Optional<RunRecord> find(String id) {
    RunExecution run = active.get(id);
    if (run != null) {
      return Optional.of(run.history().toRecord());
    }
    return folder != null && folder.exists(id)
        ? Optional.of(folder.read(id).toRecord())
        : Optional.empty();
  }

  /**
   * Returns the runs that are under way here.
   *
   * @return snapshots
   */
  public List<RunRecord> active() {
    return active.values().stream().map(run -> run.history().toRecord()).toList();
  }

  private void tick() {
    try {
      active.values().forEach(this::requireInTime);
      if (folder != null) {
        applyRequests(folder);
        purge(folder);
      }
    } catch (RuntimeException fault) {
      GildLog.faultOnce("Looking after runs", fault);
    }
  }

  private void requireInTime(RunExecution run) {
    Duration limit = run.timeLimit();
    if (limit != null && run.history().started().plus(limit).isBefore(clock.now())) {
      run.cancel("its time limit of " + limit + " has passed", 0);
    }
  }

  private void applyRequests(RunFolder known) {
    long changed = known.changed();
    if (changed == seen) {
      return;
    }
    seen = changed;
    for (String id : known.requested()) {
      RunExecution run = active.get(id);
      if (run == null) {
        resumeIfRequested(known, id);
      } else {
        for (RunFolder.Request request : known.requests(id, run.history().requests())) {
          RunRequests.apply(run, request);
        }
      }
    }
  }

  private void resumeIfRequested(RunFolder known, String id) {
    RunHistory history = known.read(id);
    for (RunFolder.Request request : known.requests(id, history.requests())) {
      if (RunRequests.resumes(request) && canResume(history) && !known.isOwned(id)) {
        execution(id, true, request.number());
        return;
      }
    }
  }

  private boolean canResume(RunHistory history) {
    boolean open = !history.state().isFinal();
    boolean failed = history.state() == RunState.FAILED && !history.isCompensated();
    return (open || failed) && workflows.containsKey(history.workflow() + " " + history.version());
  }

  /** Deletes runs that were over long ago; now and then, because it reads all of them. */
  private void purge(RunFolder known) {
    Instant now = clock.now();
    if (now.isBefore(purged.plus(Duration.ofHours(1)))) {
      return;
    }
    purged = now;
    for (String id : known.ids()) {
      if (!active.containsKey(id)) {
        Instant ended = known.read(id).ended();
        if (ended != null && ended.plus(keep).isBefore(now)) {
          known.delete(id);
        }
      }
    }
  }

  /**
   * Stops all runs. Durable ones can be resumed by another orchestrator; the others are canceled
   * and compensated.
   */
  @Override
  public void close() {
    List<RunExecution> running;
    synchronized (this) {
      closed = true;
      running = List.copyOf(active.values());
    }
    timer.shutdownNow();
    running.forEach(RunExecution::close);
    RunExecutor.end(threads);
  }
}
