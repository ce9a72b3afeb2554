package io.gild.cli;

import io.gild.config.Printable;
import io.gild.config.PrivateFiles;
import io.gild.evaluation.EvaluationOptions;
import io.gild.evaluation.GoldenExecutor;
import io.gild.evaluation.WorkerCommand;
import io.gild.gates.History;
import io.gild.gates.Report;
import io.gild.gates.ResultLog;
import io.gild.gates.RunInfo;
import io.gild.gates.Statistics;
import io.gild.gates.TaskKey;
import io.gild.gates.TaskResult;
import io.gild.golden.GoldenSet;
import io.gild.golden.Shard;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs golden tasks outside of any build. */
@Command(
    name = "eval",
    description = {
      "Runs golden tasks in separate JVMs and keeps their results.",
      "The agents are those that Gild's processor registered in the class path, or the method that"
          + " --agent names, with the tasks of a file."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class EvalCommand implements Callable<Integer> {

  private static final int FAILED = 1;
  private static final String RESULTS = "results.jsonl";

  @Spec private CommandSpec spec;
  @Mixin private AgentJvm jvm;
  @Mixin private EvalTarget target;

  @Option(names = "--tag", description = "only tasks with this tag; may be repeated")
  private List<String> tags = List.of();

  @Option(names = "--task", description = "only tasks whose AGENT/ID contains this")
  private @Nullable String task;

  @Option(
      names = "--repeats",
      defaultValue = "1",
      description =
          "run each task this many times, bypassing all caches (default: ${DEFAULT-VALUE})")
  private int repeats;

  @Option(
      names = "--parallel",
      defaultValue = "1",
      description = "run this many tasks at the same time (default: ${DEFAULT-VALUE})")
  private int parallel;

  @Option(
      names = "--timeout",
      defaultValue = "2m",
      converter = InventoryCommand.DurationConverter.class,
      description = "longest time to an answer (default: ${DEFAULT-VALUE})")
  private Duration timeout;

  @Option(
      names = "--retries",
      defaultValue = "0",
      description =
          "most repeats of a task that did not pass; its result reports them (default: none)")
  private int retries;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "seed of each task's first run (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(names = "--fail-fast", description = "stop at the first task that does not pass")
  private boolean failFast;

  @Option(
      names = "--shard",
      paramLabel = "N/M",
      description =
          "only the Nth of M parts of the tasks, such as 3/8; gate and report take all parts")
  private @Nullable String shard;

  @Option(names = "--resume", description = "continue the latest run where it broke off")
  private boolean resume;

  @Option(names = "--failed", description = "repeat the tasks that did not pass in the latest run")
  private boolean failed;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = ".gild",
      description = "where runs are kept (default: ${DEFAULT-VALUE})")
  private Path data;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Runs runs = new Runs(data);
    List<GoldenSet> sets = target.in(jvm).sets();
    for (GoldenSet set : sets) {
      set.problems().forEach(problem -> err().println(problem));
    }
    Set<TaskKey> all = only(runs, sets);
    if (all.isEmpty()) {
      err().println("gild: " + nothing(sets));
      return FAILED;
    }
    Path folder = resume ? runs.latest(spec) : runs.create();
    Shard part = shard(folder);
    Set<TaskKey> only =
        all.stream()
            .filter(key -> part.contains(key.agent(), key.task()))
            .collect(Collectors.toSet());
    List<TaskResult> before = resume ? ResultLog.read(folder).results() : List.of();
    RunInfo info = RunInfo.of(sets, part, selection(all));
    info.write(folder);
    boolean wrong = sets.stream().anyMatch(set -> !set.problems().isEmpty());
    if (only.isEmpty()) {
      PrivateFiles.write(folder.resolve(RESULTS), "");
      spec.commandLine()
          .getOut()
          .printf("Shard %s has none of %d golden tasks. Results: %s%n", part, all.size(), folder);
      return wrong ? FAILED : 0;
    }
    List<TaskResult> results = run(sets, only, before, folder);
    return tell(results, info, folder) && !wrong ? 0 : FAILED;
  }

  /** Returns the part of the tasks; a run that is continued keeps its own. */
  private Shard shard(Path folder) throws IOException {
    Shard asked;
    try {
      asked = shard == null ? Shard.ALL : Shard.parse(shard);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage());
    }
    if (!resume) {
      return asked;
    }
    Shard begun = RunInfo.read(folder).shard();
    if (shard != null && !begun.equals(asked)) {
      throw new ParameterException(
          spec.commandLine(),
          "--shard is %s, but the run that --resume continues is %s"
              .formatted(asked, begun.isWhole() ? "not divided" : "shard " + begun));
    }
    return begun;
  }

  /** Returns what all shards have in common. */
  private String selection(Set<TaskKey> all) {
    String tasks = all.stream().map(TaskKey::toString).sorted().collect(Collectors.joining("\n"));
    return "%d tasks (%08x), repeats %d, seed %d"
        .formatted(all.size(), tasks.hashCode(), repeats, seed);
  }

  private List<TaskResult> run(
      List<GoldenSet> sets, Set<TaskKey> only, List<TaskResult> before, Path folder)
      throws IOException, InterruptedException {
    ProgressLine progress = new ProgressLine(err(), Printable.isTerminal());
    WorkerCommand workers = target.workers();
    try {
      return GoldenExecutor.builder()
          .options(options())
          .isolated(workers)
          .log(new ResultLog(folder.resolve(RESULTS)))
          .resume(before)
          .only(only)
          .progress(progress)
          .build()
          .run(sets);
    } finally {
      progress.end();
    }
  }

  private EvaluationOptions options() {
    try {
      return new EvaluationOptions(parallel, timeout, repeats, retries, seed, Set.of(), failFast);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage());
    }
  }

  private Set<TaskKey> only(Runs runs, List<GoldenSet> sets) throws IOException {
    List<TaskKey> keys = new ArrayList<>();
    for (GoldenSet set : sets) {
      set.tasks().stream()
          .filter(each -> tags.isEmpty() || each.spec().tags().stream().anyMatch(tags::contains))
          .forEach(each -> keys.add(new TaskKey(set.agent().name(), each.spec().id())));
    }
    String part = task;
    if (part != null) {
      keys.removeIf(key -> !key.toString().contains(part));
    }
    if (failed) {
      Set<TaskKey> again =
          ResultLog.read(runs.latestFinished(spec)).results().stream()
              .filter(result -> !result.passed())
              .map(TaskResult::key)
              .collect(Collectors.toSet());
      keys.retainAll(again);
    }
    return Set.copyOf(keys);
  }

  /** Reports why there is nothing to run. */
  private String nothing(List<GoldenSet> sets) {
    int all = sets.stream().mapToInt(set -> set.tasks().size()).sum();
    if (all == 0) {
      return "there are no golden tasks to run";
    }
    List<String> filters = new ArrayList<>();
    tags.forEach(tag -> filters.add("--tag " + tag));
    if (task != null) {
      filters.add("--task " + task);
    }
    if (failed) {
      filters.add("--failed");
    }
    return "none of the %d golden tasks is left by %s".formatted(all, String.join(" ", filters));
  }

  private boolean tell(List<TaskResult> results, RunInfo info, Path folder) {
    PrintWriter out = spec.commandLine().getOut();
    Report report =
        Report.of(
                String.valueOf(Path.of("").toAbsolutePath().getFileName()),
                info.version(),
                Instant.now(),
                Statistics.of(results))
            .with(History.in(data).read());
    out.print(report.console());
    long passed = results.stream().filter(TaskResult::passed).count();
    out.printf(
        "%s%d of %d runs passed. Results: %s, report: %s%n",
        info.shard().isWhole() ? "" : "Shard " + info.shard() + ": ",
        passed,
        results.size(),
        folder,
        report.write(folder.resolve("report")));
    out.flush();
    return passed == results.size();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
