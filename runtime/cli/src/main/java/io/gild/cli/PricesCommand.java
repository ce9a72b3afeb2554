package io.gild.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows and imports prices of models. */
@Command(
    name = "prices",
    description = "Shows what models cost, explains it, and imports lists of prices.",
    mixinStandardHelpOptions = true,
    subcommands = {PricesListCommand.class, PricesExplainCommand.class, PricesImportCommand.class})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PricesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "gild prices needs a subcommand: list, explain or import");
  }
}
