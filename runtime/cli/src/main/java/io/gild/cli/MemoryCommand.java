package io.gild.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads and changes what agents remember. */
@Command(
    name = "memory",
    description = "Reads and changes what agents remember.",
    mixinStandardHelpOptions = true,
    subcommands = {
      MemoryShowCommand.class,
      MemorySearchCommand.class,
      MemoryForgetCommand.class,
      MemoryExportCommand.class,
      MemoryImportCommand.class,
      MemoryConsolidateCommand.class,
      MemoryUndoCommand.class,
      MemoryReembedCommand.class
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class MemoryCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "gild memory needs a subcommand, such as show or search");
  }
}
