package io.gild.demo;

import com.acme.newsroom.NewsroomDemo;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Ends with status 0 after a run, 1 if an agent failed, 2 if a program is not installed. */
@Command(
    name = "demo",
    description = "Runs an agent twice, without Gild and with it, and prints both sides.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DemoCommand implements Callable<Integer> {

  private static final int MOST_QUESTIONS = 999_999;

  @Spec private CommandSpec spec;

  @Option(
      names = "--annotated",
      description = "the second run is an annotated agent instead of an attached javaagent")
  private boolean annotated;

  @Option(
      names = "--sdk-retries",
      description = "the client retries by itself, and the provider has an outage")
  private boolean sdkRetries;

  @Option(
      names = "--workflow",
      description =
          "four agents in four JVMs write articles, and two of the JVMs are killed meanwhile")
  private boolean workflow;

  @Option(
      names = "--rollout",
      description =
          "five new versions are rolled out behind HAProxy; four are bad and are taken back")
  private boolean rollout;

  @Option(
      names = "--questions",
      paramLabel = "N",
      description =
          "how many questions are asked (default: "
              + DemoOptions.LOOPBACK_QUESTIONS
              + "; "
              + DemoOptions.REAL_QUESTIONS
              + " of a real model)")
  private @Nullable Integer questions;

  @Option(
      names = "--console",
      description =
          "the console of the second run, or of the rollouts, stays open until you press Enter")
  private boolean console;

  @Option(names = "--quiet", description = "no progress, only the result")
  private boolean quiet;

  @Option(names = "--loopback", description = "no real model, even if OPENAI_API_KEY is set")
  private boolean loopback;

  @Override
  public Integer call() throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (console && workflow) {
      throw new ParameterException(
          spec.commandLine(),
          "--console must not be combined with --workflow, whose JVMs have no console");
    }
    if (workflow) {
      Home home = Home.find();
      return new NewsroomDemo(home.workflowJar().toString(), home.output(), out).run();
    }
    if (rollout) {
      return new RolloutDemo(out, quiet, console).run();
    }
    try {
      return new Demo(options(System.getenv("OPENAI_API_KEY") != null), out).run();
    } catch (ChildRun.Failed e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }

  /**
   * Returns the options of the demo.
   *
   * @param hasKey whether a key for a real model is available; {@code --loopback} ignores it
   */
  DemoOptions options(boolean hasKey) {
    boolean real = hasKey && !loopback;
    int count = real ? DemoOptions.REAL_QUESTIONS : DemoOptions.LOOPBACK_QUESTIONS;
    if (questions != null) {
      count = questions;
    }
    if (count < 1 || count > MOST_QUESTIONS) {
      throw new ParameterException(
          spec.commandLine(),
          "--questions must be from 1 to " + MOST_QUESTIONS + ", but is " + count);
    }
    return new DemoOptions(annotated, sdkRetries, count, quiet, real, console);
  }
}
