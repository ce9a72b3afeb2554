package io.gild.cli;

import io.gild.operations.Rollouts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Goes on to the next step, also from a pause. */
@Command(
    name = "promote",
    description = "Goes on to the next step, also from a pause.",
    mixinStandardHelpOptions = true)
final class RolloutPromoteCommand extends RolloutRequestCommand {

  @Option(
      names = "--full",
      description = "give the new version all calls now, without waiting for any verdict")
  private boolean full;

  RolloutPromoteCommand() {
    super("promote");
  }

  @Override
  Rollouts.Request request() {
    return full ? Rollouts.Request.PROMOTE_FULLY : Rollouts.Request.PROMOTE;
  }
}
