package io.gild.cli;

import io.gild.orchestration.Decision;
import io.gild.orchestration.RunState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Decides what a durable run waits for. */
@Command(
    name = "approve",
    description = "Approves what a run waits for; gild runs show prints the question.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RunsApproveCommand implements Callable<Integer> {

  @Mixin private RunsOptions options;

  @Parameters(paramLabel = "ID", description = "the run")
  private String id;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "who decides (default: the user of this machine)")
  private String by;

  @Override
  public Integer call() throws Exception {
    return options.use(runs -> {
      String question = runs.read(id).question();
      runs.decide(id, Decision.approve(by));
      return options.await(
          runs,
          id,
          run ->
              run.state() != RunState.WAITING || !String.valueOf(question).equals(run.question()),
          "approve");
    });
  }
}
