package io.gild.cli;

import io.gild.console.Consoles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The consoles that a command shows. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ConsoleTargets {

  static final int WRONG = 1;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Mixin private SettingsPlace place;

  @Parameters(
      arity = "0..*",
      paramLabel = "TARGET",
      description =
          "address of a console, process id of a JVM that has one, or file of a recorded call log"
              + " (default: all JVMs of the data folder)")
  private List<String> targets = List.of();

  Consoles open() throws IOException {
    return Consoles.of(place.load(spec).data(), targets);
  }

  /** Opens the consoles, and switches on those of processes that hold the javaagent. */
  Consoles openAndSwitchOn(AgentOption agent) throws IOException, InterruptedException {
    Path data = place.load(spec).data();
    for (String target : targets) {
      if (target.matches("\\d{1,18}") && !Consoles.hasConsole(data, Long.parseLong(target))) {
        agent.jar().attach(target, "console");
      }
    }
    return Consoles.of(data, targets);
  }
}
