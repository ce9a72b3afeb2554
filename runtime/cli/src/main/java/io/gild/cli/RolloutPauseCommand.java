package io.gild.cli;

import io.gild.operations.Rollouts;
import picocli.CommandLine.Command;

/** Keeps the share as it is until it is promoted or taken back. */
@Command(
    name = "pause",
    description = "Keeps the share as it is until it is promoted or taken back.",
    mixinStandardHelpOptions = true)
final class RolloutPauseCommand extends RolloutRequestCommand {

  RolloutPauseCommand() {
    super("pause");
  }

  @Override
  Rollouts.Request request() {
    return Rollouts.Request.PAUSE;
  }
}
