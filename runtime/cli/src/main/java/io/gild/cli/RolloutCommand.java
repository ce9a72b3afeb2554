package io.gild.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Rolls out new versions of agents. */
@Command(
    name = "rollout",
    description = "Rolls out new versions of agents, step by step, and takes bad ones back.",
    mixinStandardHelpOptions = true,
    subcommands = {
      RolloutStartCommand.class,
      RolloutStatusCommand.class,
      RolloutHistoryCommand.class,
      RolloutPromoteCommand.class,
      RolloutPauseCommand.class,
      RolloutAbortCommand.class,
      RolloutRollbackCommand.class
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RolloutCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "gild rollout needs a subcommand, such as start or status");
  }
}
