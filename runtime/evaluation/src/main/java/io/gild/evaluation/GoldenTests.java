package io.gild.evaluation;

import io.gild.config.Durations;
import io.gild.config.Experimental;
import io.gild.gates.Outcome;
import io.gild.gates.ResultLog;
import io.gild.gates.TaskResult;
import io.gild.golden.DeclaredAgent;
import io.gild.golden.GoldenSet;
import io.gild.golden.GoldenSources;
import io.gild.golden.Shard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs golden tasks for the generated tests.
 *
 * <p>Each run makes its own agent, through its generated wrapper if there is one, bypasses all
 * caches, and writes one line for the quality gate. System properties:
 *
 * <ul>
 *   <li>{@code gild.results}: the folder of those lines; {@code target/gild/results} by default
 *   <li>{@code gild.repeats}: how often a task is run that does not set it itself; 1 by default
 *   <li>{@code gild.timeout}: longest time to an answer; {@code 2m} by default
 *   <li>{@code gild.seed}: seed of the first run, 1 by default
 *   <li>{@code gild.shard}: the part of the tasks that is run, such as {@code 3/8}; the others are
 *       skipped
 *   <li>{@code gild.on-failure}: {@code fail}, the default, or {@code abort}, so that the quality
 *       gate decides
 * </ul>
 *
 * <p>Thread-safe.
 */
@Experimental
public final class GoldenTests {

  /** A class of a class loader. */
  private record Agent(ClassLoader loader, String className) {}

  private static final Map<Agent, GoldenSet> SETS = new ConcurrentHashMap<>();
  private static final Map<ClassLoader, LocalRunner> RUNNERS = new ConcurrentHashMap<>();
  private static final Map<Path, ResultLog> LOGS = new ConcurrentHashMap<>();

  private GoldenTests() {}

  /**
   * Runs one task.
   *
   * @param className binary name of the class that declares the task
   * @param methodName simple name of the method
   * @param descriptor its erased descriptor
   * @param id the task's id
   * @throws AssertionError if the answer does not pass, or the agent throws
   */
  public static void run(String className, String methodName, String descriptor, String id) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    GoldenSet set = SETS.computeIfAbsent(new Agent(loader, className), GoldenTests::read);
    DeclaredAgent agent = set.agent();
    GoldenSet.Task task = set.task(id);
    Shard shard = Shard.ofProperty();
    if (!shard.contains(agent.name(), id)) {
      Abortion.abort(
          "Golden task %s/%s is in shard %s, not in %s"
              .formatted(agent.name(), id, Shard.of(agent.name(), id, shard.count()), shard));
    }
    ResultLog log = log(agent);
    ExitWatch.leaveResultsIn(log);
    int repeats =
        task.spec().repeats() > 0 ? task.spec().repeats() : (int) number("gild.repeats", 1, 10_000);
    TaskResult worst = null;
    for (int repeat = 1; repeat <= repeats; repeat++) {
      TaskResult result =
          RUNNERS
              .computeIfAbsent(loader, LocalRunner::new)
              .run(
                  new PlannedRun(
                      agent,
                      task,
                      repeat,
                      number("gild.seed", Long.MIN_VALUE, Long.MAX_VALUE) + repeat - 1,
                      timeout(task)));
      log.append(result);
      worst = worst == null || worst.passed() ? result : worst;
    }
    if (worst != null && !worst.passed()) {
      tell(worst);
    }
  }

  private static void tell(TaskResult result) {
    String message = message(result);
    String onFailure = System.getProperty("gild.on-failure", ofModule("gild.on-failure", "fail"));
    if (!onFailure.equals("fail") && !onFailure.equals("abort")) {
      throw new IllegalArgumentException(
          "gild.on-failure must be fail or abort, but is \"" + onFailure + "\"");
    }
    boolean abort = result.outcome() == Outcome.JUDGE_FAILED || onFailure.equals("abort");
    if (abort) {
      Abortion.abort(message);
    }
    throw new AssertionError(message);
  }

  /** Reads a number, 1 by default; a run with no repeats would pass without a single call. */
  private static long number(String property, long least, long most) {
    String text = System.getProperty(property, "1").strip();
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException odd) {
      // reported below
    }
    throw new IllegalArgumentException(
        property
            + " must be a whole number"
            + (least > Long.MIN_VALUE ? " from " + least + " to " + most : "")
            + ", but is \""
            + text
            + "\"");
  }

  private static String message(TaskResult result) {
    StringBuilder text = new StringBuilder("Golden task " + result.key() + ": ");
    text.append(result.message());
    text.append("\n  asked:    ").append(result.input().replace("\n", "\n            "));
    if (!result.answer().isEmpty()) {
      text.append("\n  expected: ").append(result.expected().replace("\n", "\n            "));
      text.append("\n  got:      ").append(result.answer());
    }
    return text.toString();
  }

  private static Duration timeout(GoldenSet.Task task) {
    Duration own = task.spec().timeout();
    return own != null ? own : Durations.parse(System.getProperty("gild.timeout", "2m"));
  }

  private static ResultLog log(DeclaredAgent agent) {
    String asked = System.getProperty("gild.results", "target/gild/results");
    Path folder = Path.of(ofModule("gild.results", asked));
    return LOGS.computeIfAbsent(folder.resolve(agent.name() + ".jsonl"), ResultLog::new);
  }

  /** Returns the properties that the Maven plugin sets for the tests of this module only. */
  private static String ofModule(String property, String otherwise) {
    return System.getProperty(property + "@" + System.getProperty("basedir", ""), otherwise);
  }

  /** Reads an agent and its tasks, once for all tests of a class. */
  private static GoldenSet read(Agent agent) {
    Function<String, GoldenSet.@Nullable Source> files = GoldenSources.onClassPath(agent.loader());
    String path = DeclaredAgent.FOLDER + agent.className() + ".json";
    GoldenSet.Source registry = files.apply(path);
    if (registry == null) {
      throw new IllegalArgumentException(
          path + " is not on the class path; was the agent compiled with Gild's processor?");
    }
    return GoldenSet.of(DeclaredAgent.read(agent.className(), registry.text()), files);
  }
}
