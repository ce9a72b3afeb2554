package io.gild.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Keeps agents in files, compares, restores and simulates them. */
@Command(
    name = "twin",
    description = "Keeps an agent in one file, compares it, restores it, and tries changes on it.",
    mixinStandardHelpOptions = true,
    subcommands = {
      TwinSnapshotCommand.class,
      TwinDiffCommand.class,
      TwinRestoreCommand.class,
      TwinSimulateCommand.class
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TwinCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "gild twin needs a subcommand, such as snapshot or diff");
  }
}
