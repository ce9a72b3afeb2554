package io.gild.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.gild.evaluation.EvaluationOptions;
import io.gild.evaluation.GoldenExecutor;
import io.gild.gates.ResultLog;
import io.gild.gates.TaskResult;
import io.gild.golden.DeclaredAgent;
import io.gild.golden.DeclaredAgent.DeclaredMethod;
import io.gild.golden.DeclaredAgent.DeclaredParameter;
import io.gild.golden.GoldenSet;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * What running a golden task adds to the call of its agent: the executor, with its results on disk,
 * beside a parameterized test of JUnit with the same calls and comparisons.
 */
final class EvaluationSuite {

  static final int TASKS = 10_000;

  private static final int RUNS = 5;
  private static final int WARMUPS = 2;
  private static final double NANOS_PER_MICRO = 1e3;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private EvaluationSuite() {}

  static List<Row> run(BenchmarkOptions options, Consumer<String> progress) throws Exception {
    int runs = options.effort().equals(Effort.USUAL) ? RUNS : options.effort().rounds();
    List<Row> rows = new ArrayList<>();
    for (int parallel : List.of(1, 8)) {
      String name = "golden-task-" + parallel;
      if (name.startsWith(options.only())) {
        rows.addAll(rows(name, parallel, runs, progress));
      }
    }
    return rows;
  }

  private static List<Row> rows(String name, int parallel, int runs, Consumer<String> progress)
      throws Exception {
    Side golden = new Side();
    Side parameterized = new Side();
    Path folder = Files.createTempDirectory("gild-bench-evaluation");
    for (int i = 1 - WARMUPS; i <= runs; i++) {
      progress.accept(name + ", round " + i + " of " + runs);
      Path log = folder.resolve("run" + i + ".jsonl");
      golden.measure(i > 0, () -> golden(parallel, log));
      Files.deleteIfExists(log);
      parameterized.measure(i > 0, () -> parameterized(parallel));
    }
    Files.delete(folder);
    String measured =
        "%,d tasks of an agent that answers at once, %d at a time".formatted(TASKS, parallel);
    return List.of(
        new Row(
            name + " / @ParameterizedTest",
            "us",
            golden.times.score(),
            parameterized.times.score(),
            measured),
        new Row(
            name + " heap kept / @ParameterizedTest",
            "B",
            golden.kept.score(),
            parameterized.kept.score(),
            measured));
  }

  /**
   * The result of a side.
   *
   * @param passed how many tasks passed
   * @param results keeps the side's results from being garbage collected
   */
  private record Outcome(long passed, Object results) {}

  /** One of the two that are compared. */
  private static final class Side {

    /** Wall and CPU time per task, in microseconds. */
    private final Samples times = new Samples();

    /** Heap per task that the results use after the run, in bytes. */
    private final Samples kept = new Samples();

    @SuppressWarnings("ReachabilityFenceUsage") // a failed run measures nothing
    private void measure(boolean counts, Callable<Outcome> side) throws Exception {
      long heap = heap();
      long cpu = SYSTEM.getProcessCpuTime();
      long start = System.nanoTime();
      Outcome outcome = side.call();
      long took = System.nanoTime() - start;
      long spent = SYSTEM.getProcessCpuTime() - cpu;
      if (outcome.passed() != TASKS) {
        throw new IllegalStateException(outcome.passed() + " of " + TASKS + " tasks passed");
      }
      if (counts) {
        times.add(took / NANOS_PER_MICRO / TASKS, spent / NANOS_PER_MICRO / TASKS);
        kept.add((double) (heap() - heap) / TASKS, Double.NaN);
      }
      Reference.reachabilityFence(outcome.results());
    }

    private static long heap() {
      System.gc();
      return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
  }

  private static Outcome golden(int parallel, Path log) throws InterruptedException {
    EvaluationOptions options =
        new EvaluationOptions(parallel, Duration.ofSeconds(30), 1, 0, 1, Set.of(), false);
    List<TaskResult> results =
        GoldenExecutor.builder()
            .options(options)
            .log(new ResultLog(log))
            .build()
            .run(List.of(tasks()));
    return new Outcome(results.stream().filter(TaskResult::passed).count(), results);
  }

  private static GoldenSet tasks() {
    List<Map<String, Object>> tasks = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      tasks.add(
          Map.of(
              "id",
              "task-" + i,
              "input",
              List.of("question " + i),
              "expected",
              "question " + i,
              "validator",
              "contains"));
    }
    DeclaredMethod method =
        new DeclaredMethod(
            "answer",
            "(Ljava/lang/String;)Ljava/lang/String;",
            List.of(new DeclaredParameter("question", "java.lang.String", "prompt")),
            tasks);
    return GoldenSet.of(
        new DeclaredAgent("stub", "", "", StubAgent.class.getName(), null, List.of(method)),
        path -> null);
  }

  private static Outcome parameterized(int parallel) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClass(ParameterizedStub.class))
            .configurationParameter(
                "junit.jupiter.execution.parallel.enabled", String.valueOf(parallel > 1))
            .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
            .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
            .configurationParameter(
                "junit.jupiter.execution.parallel.config.fixed.parallelism",
                String.valueOf(parallel))
            .build();
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, summary);
    return new Outcome(summary.getSummary().getTestsSucceededCount(), summary);
  }
}
