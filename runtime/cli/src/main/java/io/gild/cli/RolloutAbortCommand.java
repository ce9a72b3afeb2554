package io.gild.cli;

import io.gild.operations.Rollouts;
import picocli.CommandLine.Command;

/** Ends a rollout that is under way: the present version gets all calls back. */
@Command(
    name = "abort",
    description = "Ends a rollout that is under way: the present version gets all calls back.",
    mixinStandardHelpOptions = true)
final class RolloutAbortCommand extends RolloutRequestCommand {

  RolloutAbortCommand() {
    super("abort");
  }

  @Override
  Rollouts.Request request() {
    return Rollouts.Request.ROLL_BACK;
  }
}
