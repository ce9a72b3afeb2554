package io.gild.cli;

import io.gild.config.Settings;
import io.gild.config.SettingsException;
import io.gild.console.Consoles;
import io.gild.operations.RolloutControls;
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

  /** Opens consoles. */
  interface Opening {

    Consoles open() throws IOException, InterruptedException;
  }

  /** Uses consoles, which are closed afterwards; returns the exit code. */
  interface Use {

    int with(Consoles consoles) throws Exception;
  }

  int use(Use use) throws Exception {
    return use(spec, () -> open(place.load(spec)), use);
  }

  /** Uses the consoles, after those of processes that hold the javaagent were switched on. */
  int useSwitchedOn(AgentOption agent, Use use) throws Exception {
    return use(spec, () -> openAndSwitchOn(agent), use);
  }

  /** Uses consoles, and prints what is wrong with the settings, the targets or the consoles. */
  static int use(CommandSpec command, Opening opening, Use use) throws Exception {
    try (Consoles consoles = opening.open()) {
      return use.with(consoles);
    } catch (SettingsException wrong) {
      wrong.problems().forEach(command.commandLine().getErr()::println);
    } catch (IOException | IllegalArgumentException wrong) {
      command.commandLine().getErr().println("gild: " + wrong.getMessage());
    }
    return WRONG;
  }

  private Consoles openAndSwitchOn(AgentOption agent) throws IOException, InterruptedException {
    Settings settings = place.load(spec);
    Path data = settings.data();
    for (String target : targets) {
      if (target.matches("\\d{1,18}") && !Consoles.hasConsole(data, Long.parseLong(target))) {
        agent.jar().attach(target, "console");
      }
    }
    return open(settings);
  }

  private Consoles open(Settings settings) throws IOException {
    return Consoles.of(settings.data(), targets, List.of(RolloutControls.of(settings)));
  }
}
