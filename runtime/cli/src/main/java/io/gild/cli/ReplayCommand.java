package io.gild.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs an application with the recorded answers of models and tools. */
@Command(
    name = "replay",
    description =
        "Runs an application, unchanged; a cassette answers for models and tools. No model is"
            + " called, no tool runs, and the first request that was not recorded fails.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReplayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "CASSETTE", description = "the cassette of gild record")
  private Path cassette;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "-- COMMAND",
      description = "the command to start")
  private List<String> command = List.of();

  @Mixin private AgentOption agent;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!Files.isRegularFile(cassette)) {
      throw new ParameterException(
          spec.commandLine(), "no cassette " + cassette + "; gild record writes one");
    }
    WatchedCommand running =
        WatchedCommand.start(command, agent.jar().option("replay=" + cassette.toAbsolutePath()));
    return new Ending(running, running::status).await(null);
  }
}
