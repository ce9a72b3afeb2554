package io.gild.operations;

import io.gild.config.Experimental;
import io.gild.config.Settings;
import io.gild.judging.Assessment;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rollouts as other processes see them: they can be read, and asked to do something. The controller
 * takes a request within its next interval. Thread-safe.
 */
@Experimental
public final class Rollouts {

  /** What a person may ask of a rollout. */
  public enum Request {
    /** Begin; asked of an application that runs both versions. */
    START,
    /** Go on to the next step without a verdict, also from a pause. */
    PROMOTE,
    /** Give the new version all calls now, without a verdict. */
    PROMOTE_FULLY,
    /** Stay at this share. */
    PAUSE,
    /** Give the present version all calls back; also after the end. */
    ROLL_BACK
  }

  private final RolloutFolder folder;

  /**
   * Reads the rollouts of a folder.
   *
   * @param folder the folder; it need not exist
   */
  public Rollouts(Path folder) {
    this.folder = new RolloutFolder(folder);
  }

  /**
   * Returns where the settings keep rollouts.
   *
   * @param settings the settings
   * @return the folder {@code rollouts} in the data folder
   */
  public static Path folder(Settings settings) {
    return settings.data().resolve("rollouts");
  }

  /**
   * Returns all rollouts that have started.
   *
   * @param onProblem takes what is wrong with one that cannot be read
   * @return the rollouts by name
   */
  public List<RolloutRecord> list(Consumer<String> onProblem) {
    List<RolloutRecord> records = new ArrayList<>();
    for (String name : folder.names()) {
      try {
        RolloutHistory history = folder.read(name);
        if (!history.isEmpty()) {
          records.add(history.toRecord());
        }
      } catch (RuntimeException broken) {
        onProblem.accept(String.valueOf(broken.getMessage()));
      }
    }
    return records;
  }

  /**
   * Returns a rollout.
   *
   * @param name its name
   * @return what happened so far, or {@code null} if it never started
   */
  public @Nullable RolloutRecord find(String name) {
    RolloutHistory history = folder.read(name);
    return history.isEmpty() ? null : history.toRecord();
  }

  /**
   * Returns what keeps a rollout from starting or going on.
   *
   * @param name its name
   * @return the problem, or an empty text
   */
  public String problem(String name) {
    return folder.read(name).problem();
  }

  /**
   * Returns what was measured of a rollout, some seconds ago at most while a controller runs.
   *
   * @param plan the rollout
   * @return the verdicts, or {@code null} if nothing was measured in its present run
   */
  public @Nullable Assessment assessment(RolloutPlan plan) {
    Map<?, ?> progress = folder.progress(plan.name());
    RolloutHistory history = folder.read(plan.name());
    if (history.isEmpty()
        || RolloutLines.number(progress, "run") != history.run()
        || !(progress.get("judge") instanceof Map<?, ?> state)) {
      return null;
    }
    RolloutJudge judge = new RolloutJudge(plan);
    judge.restore(state);
    return judge.assess();
  }

  /**
   * Returns who controls a rollout now.
   *
   * @param name its name
   * @return such as {@code process 42, started 2026-01-31T12:00:00Z}, or {@code null}
   */
  public @Nullable String controller(String name) {
    return folder.owner(name);
  }

  /**
   * Asks something of a rollout.
   *
   * @param name its name
   * @param request what
   * @param who the person who asks
   * @param reason why; may be empty
   * @throws RolloutException if it cannot be asked of a rollout in this state
   */
  public void request(String name, Request request, String who, String reason)
      throws RolloutException {
    RolloutHistory history = folder.read(name);
    String wrong = wrong(history, request);
    if (!wrong.isEmpty()) {
      throw new RolloutException("the rollout " + name + " " + wrong);
    }
    Map<String, @Nullable Object> line = RolloutLines.line("request", Instant.now());
    line.put("request", request.name());
    line.put("who", who);
    line.put("reason", reason);
    folder.request(name, line);
  }

  /** Returns what is wrong with a request, or an empty text. */
  static String wrong(RolloutHistory history, Request request) {
    if (request == Request.START) {
      return history.isEmpty() || history.state().isFinal()
          ? ""
          : "runs already; it is " + history.state();
    }
    if (history.isEmpty()) {
      return "has not started";
    }
    RolloutState state = history.state();
    return switch (request) {
      case ROLL_BACK ->
          state == RolloutState.ROLLED_BACK || state == RolloutState.ROLLING_BACK
              ? "is " + state + " already"
              : "";
      case PAUSE -> state == RolloutState.RUNNING ? "" : "cannot pause; it is " + state;
      default ->
          state == RolloutState.RUNNING || state == RolloutState.PAUSED
              ? ""
              : "cannot be promoted; it is " + state;
    };
  }
}
