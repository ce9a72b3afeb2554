package io.gild.cli;

import io.gild.operations.Rollouts;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Keeps the share as it is until it is promoted or taken back. */
@Command(
    name = "pause",
    description = "Keeps the share as it is until it is promoted or taken back.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RolloutPauseCommand implements Callable<Integer> {

  @Mixin private RolloutOptions options;
  @Mixin private RolloutPerson person;

  @Parameters(paramLabel = "NAME", description = "the rollout")
  private String name;

  @Override
  public Integer call() throws Exception {
    return options.use((settings, rollouts) ->
        RolloutRequests.ask(options, rollouts, name, Rollouts.Request.PAUSE, person, "pause"));
  }
}
