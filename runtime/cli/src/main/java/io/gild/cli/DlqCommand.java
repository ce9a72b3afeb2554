package io.gild.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads, replays and drops dead letters. */
@Command(
    name = "dlq",
    description = "Reads, replays and drops messages that were not handled (dead letters).",
    mixinStandardHelpOptions = true,
    subcommands = {
      DlqListCommand.class,
      DlqShowCommand.class,
      DlqReplayCommand.class,
      DlqDropCommand.class
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DlqCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "gild dlq needs a subcommand, such as list or show");
  }
}
