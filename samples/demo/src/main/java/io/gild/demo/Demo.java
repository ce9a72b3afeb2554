package io.gild.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Runs the same agent before and after, and shows what changed. */
public final class Demo {

  private final Home home = Home.find();
  private final DemoOptions options;
  private final PrintStream out;
  private final RunProgress progress;

  private Demo(DemoOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
    this.progress = new RunProgress(out, options.quiet());
  }

  /** Ends with status 0 after a run, 1 if an agent failed, 2 if the command line is wrong. */
  public static void main(String[] args) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try {
      DemoOptions options = DemoOptions.parse(args, System.getenv("OPENAI_API_KEY") != null);
      System.exit(new Demo(options, out).run());
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    } catch (ChildRun.Failed e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private int run() throws IOException, InterruptedException {
    Workload workload = Workload.create(options.questions(), Runner.SEED);
    RunConditions setting = RunConditions.of(workload, options);
    setting.lines().forEach(progress::say);
    Runner runner = new Runner(workload, options, home.output().resolve("runs"), progress);
    Runner.@Nullable Judged before = run(runner, AgentUnderTest.plain(home));
    if (before == null) {
      return 1;
    }
    Runner.@Nullable Judged after =
        run(
            runner,
            options.annotated() ? AgentUnderTest.annotated(home) : AgentUnderTest.attached(home));
    report(new BeforeAndAfter(setting, before, after));
    return after == null ? 1 : 0;
  }

  private Runner.@Nullable Judged run(Runner runner, AgentUnderTest agent)
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
