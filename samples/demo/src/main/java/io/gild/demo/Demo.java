package io.gild.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Runs the same agent before and after, and shows what changed. */
final class Demo {

  private final Home home = Home.find();
  private final DemoOptions options;
  private final PrintStream out;
  private final RunProgress progress;

  Demo(DemoOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
    this.progress = new RunProgress(out, options.quiet());
  }

  /** Returns the exit status: 0 after a run, 1 if an agent failed or is missing. */
  int run() throws IOException, InterruptedException {
    Workload workload = Workload.create(options.questions(), Runner.SEED);
    RunConditions setting = RunConditions.of(workload, options);
    setting.lines().forEach(progress::say);
    Runner runner = new Runner(workload, options, home.output().resolve("runs"), progress);
    Runner.@Nullable ScoredRun before = run(runner, AgentUnderTest.plain(home));
    if (before == null) {
      return 1;
    }
    Runner.@Nullable ScoredRun after =
        run(
            runner,
            options.annotated() ? AgentUnderTest.annotated(home) : AgentUnderTest.attached(home));
    report(new BeforeAndAfter(setting, before, after));
    return after == null ? 1 : 0;
  }

  private Runner.@Nullable ScoredRun run(Runner runner, AgentUnderTest agent)
      throws IOException, InterruptedException {
    Path missing = agent.missing();
    if (missing != null) {
      out.printf(
          "The %s run needs %s. Build it with ./mvnw package.%n",
          agent.name(), Home.shown(missing));
      return null;
    }
    return runner.run(agent);
  }

  private void report(BeforeAndAfter comparison) throws IOException {
    Path json = home.output().resolve("demo.json");
    Path html = home.output().resolve("demo.html");
    Files.writeString(json, comparison.toJson());
    Files.writeString(html, DemoPage.of(comparison));
    out.println();
    out.println(ComparisonTable.of(comparison));
    out.println("  report   " + Home.shown(html));
    out.println("  figures  " + Home.shown(json));
  }
}
