package io.gild.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads and directs durable runs of workflows. */
@Command(
    name = "runs",
    description = "Reads and directs durable runs of workflows.",
    mixinStandardHelpOptions = true,
    subcommands = {
      RunsListCommand.class,
      RunsShowCommand.class,
      RunsApproveCommand.class,
      RunsRejectCommand.class,
      RunsResumeCommand.class,
      RunsCancelCommand.class
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RunsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "gild runs needs a subcommand, such as list or show");
  }
}
