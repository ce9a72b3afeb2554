package io.gild.cli;

import io.gild.config.Settings;
import io.gild.operations.RolloutException;
import io.gild.operations.RolloutPlan;
import io.gild.operations.RolloutRecord;
import io.gild.operations.RolloutRunner;
import io.gild.operations.RolloutSettings;
import io.gild.operations.Rollouts;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** Gives all calls back to the present version, also after a promotion. */
@Command(
    name = "rollback",
    description = "Gives all calls back to the present version, also after a promotion.",
    mixinStandardHelpOptions = true)
final class RolloutRollbackCommand extends RolloutRequestCommand {

  RolloutRollbackCommand() {
    super("roll back");
  }

  @Override
  Rollouts.Request request() {
    return Rollouts.Request.ROLL_BACK;
  }

  @Override
  int carryOut(Settings settings, Rollouts rollouts) throws RolloutException, InterruptedException {
    return rollouts.controller(name) == null && isOfProcesses(settings)
        ? control(settings)
        : super.carryOut(settings, rollouts);
  }

  private boolean isOfProcesses(Settings settings) throws RolloutException {
    return !RolloutSettings.JVM.equals(RolloutPlan.of(settings, name).settings().engine());
  }

  /** Takes control, because no other process would carry it out. */
  private int control(Settings settings) throws RolloutException, InterruptedException {
    try (RolloutRunner runner = RolloutRunner.open(settings, name, Path.of(""))) {
      runner.ask(request(), person.who(), person.reason());
      RolloutRecord record =
          runner.run(
              event -> RolloutText.event(event).forEach(options.out()::println),
              problem ->
                  options
                      .err()
                      .println(problem.isEmpty() ? "gild: it goes on" : "gild: " + problem),
              () -> false);
      options.out().println(RolloutText.end(record));
      return 0;
    }
  }
}
