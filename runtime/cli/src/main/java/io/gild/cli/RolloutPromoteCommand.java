package io.gild.cli;

import io.gild.operations.Rollouts;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes on to the next step, also from a pause. */
@Command(
    name = "promote",
    description = "Goes on to the next step, also from a pause.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RolloutPromoteCommand implements Callable<Integer> {

  @Mixin private RolloutOptions options;
  @Mixin private RolloutPerson person;

  @Parameters(paramLabel = "NAME", description = "the rollout")
  private String name;

  @Option(
      names = "--full",
      description = "give the new version all calls now, without waiting for any verdict")
  private boolean full;

  @Override
  public Integer call() throws Exception {
    return options.use((settings, rollouts) ->
        RolloutRequests.ask(
            options,
            rollouts,
            name,
            full ? Rollouts.Request.PROMOTE_FULLY : Rollouts.Request.PROMOTE,
            person,
            "promote"));
  }
}
