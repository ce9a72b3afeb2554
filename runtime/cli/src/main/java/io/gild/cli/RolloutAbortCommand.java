package io.gild.cli;

import io.gild.operations.Rollouts;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends a rollout that is under way: the present version gets all calls back. */
@Command(
    name = "abort",
    description = "Ends a rollout that is under way: the present version gets all calls back.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RolloutAbortCommand implements Callable<Integer> {

  @Mixin private RolloutOptions options;
  @Mixin private RolloutPerson person;

  @Parameters(paramLabel = "NAME", description = "the rollout")
  private String name;

  @Override
  public Integer call() throws Exception {
    return options.use((settings, rollouts) ->
        RolloutRequests.ask(options, rollouts, name, Rollouts.Request.ROLL_BACK, person, "abort"));
  }
}
