package io.gild.cli;

import io.gild.orchestration.RunState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Cancels a durable run. */
@Command(
    name = "cancel",
    description = "Cancels a run: its steps are interrupted, and finished ones are compensated.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RunsCancelCommand implements Callable<Integer> {

  @Mixin private RunsOptions options;

  @Parameters(paramLabel = "ID", description = "the run")
  private String id;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "canceled from the command line",
      description = "why (default: ${DEFAULT-VALUE})")
  private String reason;

  @Override
  public Integer call() throws Exception {
    return options.use(runs -> {
      runs.cancel(id, reason);
      return options.await(runs, id, run -> run.state() == RunState.CANCELED, "cancel");
    });
  }
}
