package io.gild.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.gild.config.DeclaredAgent;
import io.gild.config.DeclaredAgent.DeclaredMethod;
import io.gild.config.DeclaredAgent.DeclaredParameter;
import io.gild.config.GoldenSet;
import io.gild.evaluation.EvaluationOptions;
import io.gild.evaluation.GoldenExecutor;
import io.gild.gates.ResultLog;
import io.gild.gates.TaskResult;
import java.lang.management.ManagementFactory;
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
 * beside a parameterized test of JUnit that asks and compares the same.
 */
final class EvaluationSuite {

  static final int TASKS = 10_000;

  private static final int RUNS = 5;
  private static final int WARMUPS = 2;
  private static final double NANOS_PER_MICRO = 1e3;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private EvaluationSuite() {}

  static List<Row> run(Options options, Consumer<String> progress) throws Exception {
    int runs = options.effort().equals(Effort.USUAL) ? RUNS : options.effort().rounds();
    List<Row> rows = new ArrayList<>();
    for (int parallel : List.of(1, 8)) {
      String name = "golden-task-" + parallel;
      if (name.startsWith(options.only())) {
        rows.add(row(name, parallel, runs, progress));
      }
    }
    return rows;
  }

  private static Row row(String name, int parallel, int runs, Consumer<String> progress)
      throws Exception {
    Samples golden = new Samples();
    Samples parameterized = new Samples();
    Path folder = Files.createTempDirectory("gild-bench-evaluation");
    for (int i = 1 - WARMUPS; i <= runs; i++) {
      progress.accept(name + ", round " + i + " of " + runs);
      Path log = folder.resolve("run" + i + ".jsonl");
      measure(i > 0, golden, () -> golden(parallel, log));
      Files.deleteIfExists(log);
      measure(i > 0, parameterized, () -> parameterized(parallel));
    }
    Files.delete(folder);
    return new Row(
        name + " / @ParameterizedTest",
        "us",
        golden.score(),
        parameterized.score(),
        "%,d tasks of an agent that answers at once, %d at a time".formatted(TASKS, parallel));
  }

  private static void measure(boolean counts, Samples samples, Callable<Long> side)
      throws Exception {
    System.gc();
    long cpu = SYSTEM.getProcessCpuTime();
    long start = System.nanoTime();
    long passed = side.call();
    long took = System.nanoTime() - start;
    long spent = SYSTEM.getProcessCpuTime() - cpu;
    if (passed != TASKS) {
      throw new IllegalStateException(passed + " of " + TASKS + " tasks passed");
    }
    if (counts) {
      samples.add(took / NANOS_PER_MICRO / TASKS, spent / NANOS_PER_MICRO / TASKS);
    }
  }

  private static long golden(int parallel, Path log) throws InterruptedException {
    EvaluationOptions options =
        new EvaluationOptions(parallel, Duration.ofSeconds(30), 1, 0, 1, Set.of(), false);
    return GoldenExecutor.builder()
        .options(options)
        .log(new ResultLog(log))
        .build()
        .run(List.of(tasks()))
        .stream()
        .filter(TaskResult::passed)
        .count();
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

  private static long parameterized(int parallel) {
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
    return summary.getSummary().getTestsSucceededCount();
  }
}
