package io.gild.evaluation;

import io.gild.config.Experimental;
import io.gild.core.Meters;
import io.gild.gates.Outcome;
import io.gild.gates.ResultLog;
import io.gild.gates.Spent;
import io.gild.gates.TaskKey;
import io.gild.gates.TaskResult;
import io.gild.golden.GoldenSet;
import io.gild.golden.GoldenSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Runs golden tasks and keeps their results.
 *
 * <p>Each run makes its own agent and bypasses all caches. An agent that hangs, throws, or answers
 * {@code null} fails only its own task; in {@linkplain Builder#isolated separate workers}, so does
 * an agent that ends its JVM or ignores its interruption. Not thread-safe; make one per run.
 */
@Experimental
public final class GoldenExecutor {

  private final EvaluationOptions options;
  private final TaskRunner runner;
  private final @Nullable ResultLog log;
  private final List<TaskResult> before;
  private final Set<TaskKey> only;
  private final Progress progress;
  private final @Nullable Meters meters;
  private int done;
  private volatile boolean ended;

  private GoldenExecutor(Builder builder, TaskRunner runner) {
    this.options = builder.options;
    this.runner = runner;
    this.log = builder.log;
    this.before = builder.before;
    this.only = builder.only;
    this.progress = builder.progress;
    this.meters = builder.meters;
  }

  /**
   * Returns a builder that runs in this JVM, with the default options.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Runs the tasks of agents.
   *
   * @param sets the tasks
   * @return all results in the order of the tasks, including those of a broken run that is resumed
   * @throws InterruptedException if the thread is interrupted; finished runs are in the log
   */
  public List<TaskResult> run(List<GoldenSet> sets) throws InterruptedException {
    List<PlannedRun> planned = plan(sets);
    int total = planned.size() + before.size();
    done = before.size();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            options.parallel(),
            task -> {
              Thread thread = new Thread(task, "gild-golden-executor");
              thread.setDaemon(true);
              return thread;
            });
    List<Future<TaskResult>> futures = new ArrayList<>();
    List<TaskResult> results = new ArrayList<>(before);
    try {
      planned.forEach(run -> futures.add(threads.submit(() -> make(run, total))));
      for (Future<TaskResult> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException fault) {
      throw new IllegalStateException("Golden tasks cannot be run", fault.getCause());
    } finally {
      threads.shutdownNow();
      runner.close();
    }
  }

  private List<PlannedRun> plan(List<GoldenSet> sets) {
    Set<List<Object>> known = new HashSet<>();
    before.forEach(result -> known.add(List.of(result.key(), result.repeat())));
    List<PlannedRun> planned = new ArrayList<>();
    for (GoldenSet set : sets) {
      for (GoldenSet.Task task : set.tasks()) {
        if (isWanted(set, task.spec())) {
          addRuns(set, task, known, planned);
        }
      }
    }
    return planned;
  }

  private boolean isWanted(GoldenSet set, GoldenSpec spec) {
    return (options.tags().isEmpty() || !Collections.disjoint(options.tags(), spec.tags()))
        && (only.isEmpty() || only.contains(new TaskKey(set.agent().name(), spec.id())));
  }

  private void addRuns(
      GoldenSet set, GoldenSet.Task task, Set<List<Object>> known, List<PlannedRun> planned) {
    int repeats = task.spec().repeats() > 0 ? task.spec().repeats() : options.repeats();
    Duration own = task.spec().timeout();
    for (int repeat = 1; repeat <= repeats; repeat++) {
      PlannedRun run =
          new PlannedRun(
              set.agent(),
              task,
              repeat,
              options.seed() + repeat - 1,
              own == null ? options.timeout() : own);
      if (!known.contains(List.of(run.key(), repeat))) {
        planned.add(run);
      }
    }
  }

  private TaskResult make(PlannedRun run, int total) {
    TaskResult result =
        ended
            ? run.without(
                Outcome.SKIPPED, "an earlier task did not pass", Instant.now(), Spent.NOTHING)
            : withRetries(run);
    ended |= options.failFast() && !result.passed();
    tell(result, total);
    return result;
  }

  private TaskResult withRetries(PlannedRun run) {
    TaskResult result = runner.run(run);
    List<String> earlier = new ArrayList<>();
    while (!result.passed()
        && result.outcome() != Outcome.SKIPPED
        && earlier.size() < options.retries()) {
      earlier.add(result.message());
      result = runner.run(run);
    }
    return earlier.isEmpty() ? result : retried(result, earlier);
  }

  /** Reports that a pass took more than one try: it is weaker than a pass at the first try. */
  private static TaskResult retried(TaskResult result, List<String> earlier) {
    String message =
        "try %d; before: %s"
            .formatted(earlier.size() + 1, String.join(" | ", earlier))
            .concat(result.message().isEmpty() ? "" : "\n" + result.message());
    return new TaskResult(
        result.key(),
        result.version(),
        result.method(),
        result.tags(),
        result.repeat(),
        result.seed(),
        result.started(),
        result.outcome(),
        result.score(),
        result.checks(),
        result.input(),
        result.expected(),
        result.answer(),
        message,
        result.spent());
  }

  private synchronized void tell(TaskResult result, int total) {
    if (log != null && result.outcome() != Outcome.SKIPPED) {
      log.append(result);
    }
    if (meters != null) {
      CheckMeters.record(result, meters);
    }
    progress.on(result, ++done, total);
  }

  /** Collects how tasks are run; not thread-safe. */
  public static final class Builder {

    private EvaluationOptions options = EvaluationOptions.DEFAULTS;
    private @Nullable ResultLog log;
    private List<TaskResult> before = List.of();
    private Set<TaskKey> only = Set.of();
    private Progress progress = (result, done, total) -> {};
    private @Nullable Meters meters;
    private @Nullable WorkerCommand workers;
    private ClassLoader loader = GoldenExecutor.class.getClassLoader();

    private Builder() {}

    /**
     * Sets the options.
     *
     * @param value the options
     * @return this builder
     */
    public Builder options(EvaluationOptions value) {
      options = value;
      return this;
    }

    /**
     * Writes each result to a log as soon as it is known.
     *
     * @param value where
     * @return this builder
     */
    public Builder log(ResultLog value) {
      log = value;
      return this;
    }

    /**
     * Continues a run that was broken off.
     *
     * @param results its results; these runs are not repeated
     * @return this builder
     */
    public Builder resume(List<TaskResult> results) {
      before = List.copyOf(results);
      return this;
    }

    /**
     * Runs some tasks only, such as those that failed before.
     *
     * @param tasks the tasks; empty for all
     * @return this builder
     */
    public Builder only(Set<TaskKey> tasks) {
      only = Set.copyOf(tasks);
      return this;
    }

    /**
     * Sets the listener for progress.
     *
     * @param value receives each result
     * @return this builder
     */
    public Builder progress(Progress value) {
      progress = value;
      return this;
    }

    /**
     * Meters the checks.
     *
     * @param value the meters of a runtime; none unless set
     * @return this builder
     */
    public Builder meters(Meters value) {
      meters = value;
      return this;
    }

    /**
     * Runs the agents in separate JVMs, one for each task that runs at the same time, so that an
     * agent can harm only its own task.
     *
     * @param command how such a JVM is started
     * @return this builder
     */
    public Builder isolated(WorkerCommand command) {
      workers = command;
      return this;
    }

    /**
     * Sets the loader of the agents' classes; isolated agents do not use it.
     *
     * @param value the loader
     * @return this builder
     */
    public Builder loader(ClassLoader value) {
      loader = value;
      return this;
    }

    /**
     * Returns the executor.
     *
     * @return for one run
     */
    public GoldenExecutor build() {
      WorkerCommand command = workers;
      return new GoldenExecutor(
          this, command == null ? new LocalRunner(loader) : new WorkerRunner(command));
    }
  }
}
