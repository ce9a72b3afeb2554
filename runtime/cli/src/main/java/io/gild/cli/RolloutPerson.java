package io.gild.cli;

import picocli.CommandLine.Option;

/** Who asks something of a rollout, and why. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RolloutPerson {

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "who asks for it (default: the user of this machine)")
  private String who;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "why, for the audit log")
  private String reason;

  String who() {
    return who;
  }

  String reason() {
    return reason;
  }
}
