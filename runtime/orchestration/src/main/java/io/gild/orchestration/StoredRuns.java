package io.gild.orchestration;

import io.gild.config.Experimental;
import io.gild.config.Settings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Durable runs as other processes see them: they can be read, and asked to do something.
 * Thread-safe.
 */
@Experimental
public final class StoredRuns {

  private final RunFolder folder;

  /**
   * Reads the runs of a folder.
   *
   * @param folder the folder of an {@link Orchestrator}; it need not exist
   */
  public StoredRuns(Path folder) {
    this.folder = new RunFolder(folder);
  }

  /**
   * Returns where the settings keep runs.
   *
   * @param settings the settings
   * @return the folder {@code runs} in the data folder
   */
  public static Path folder(Settings settings) {
    return settings.data().resolve("runs");
  }

  /**
   * Returns all runs, the last one first.
   *
   * @param onProblem takes what is wrong with a run that cannot be read
   * @return the runs
   */
  public List<RunRecord> list(Consumer<String> onProblem) {
    List<RunRecord> runs = new ArrayList<>();
    for (String id : folder.ids()) {
      try {
        runs.add(folder.read(id).toRecord());
      } catch (RuntimeException broken) {
        onProblem.accept(String.valueOf(broken.getMessage()));
      }
    }
    runs.sort(Comparator.comparing(RunRecord::started).reversed());
    return runs;
  }

  /**
   * Returns a run.
   *
   * @param id its name
   * @return what happened so far
   * @throws OrchestrationException if there is no such run
   */
  public RunRecord read(String id) {
    return folder.read(RunFolder.requireId(id)).toRecord();
  }

  /**
   * Returns the results of the finished steps of a run.
   *
   * @param id its name
   * @return JSON values by the paths of the steps; they may contain what users said
   */
  public Map<String, @Nullable Object> results(String id) {
    return folder.read(RunFolder.requireId(id)).results();
  }

  /**
   * Returns whether some JVM executes a run.
   *
   * @param id its name
   * @return {@code true} if an orchestrator holds its lock
   */
  public boolean isExecuted(String id) {
    return folder.isOwned(RunFolder.requireId(id));
  }

  /**
   * Asks that a run be canceled. The JVM that executes it does so within a second; if there is
   * none, the one that resumes it.
   *
   * @param id its name
   * @param reason why
   * @throws OrchestrationException if there is no such run or it is over
   */
  public void cancel(String id, String reason) {
    requireOpen(id);
    folder.request(id, RunRequests.cancel(reason, Instant.now()));
  }

  /**
   * Decides what a run waits for, as {@link #cancel} does.
   *
   * @param id its name
   * @param decision the decision
   * @throws OrchestrationException if there is no such run or it does not wait
   */
  public void decide(String id, Decision decision) {
    RunRecord run = requireOpen(id);
    if (run.state() != RunState.WAITING) {
      throw new OrchestrationException(
          "run " + id + " waits for no decision; it is " + run.state());
    }
    folder.request(id, RunRequests.decide(null, decision, Instant.now()));
  }

  /**
   * Asks an orchestrator of the same folder to resume a run, also one that failed.
   *
   * @param id its name
   * @throws OrchestrationException if there is no such run, or it cannot go on
   */
  public void resume(String id) {
    RunRecord run = read(id);
    if (run.state() == RunState.COMPLETED || run.state() == RunState.CANCELED) {
      throw new OrchestrationException("run " + id + " is over; it is " + run.state());
    }
    folder.request(id, RunRequests.resume(Instant.now()));
  }

  private RunRecord requireOpen(String id) {
    RunRecord run = read(id);
    if (run.state().isFinal()) {
      throw new OrchestrationException("run " + id + " is over; it is " + run.state());
    }
    return run;
  }
}
