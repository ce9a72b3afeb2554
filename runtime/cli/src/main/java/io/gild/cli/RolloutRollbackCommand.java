package io.gild.cli;

import io.gild.config.Settings;
import io.gild.operations.RolloutException;
import io.gild.operations.RolloutPlan;
import io.gild.operations.RolloutRecord;
import io.gild.operations.RolloutRunner;
import io.gild.operations.RolloutSettings;
import io.gild.operations.Rollouts;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives all calls back to the present version, also after a promotion. */
@Command(
    name = "rollback",
    description = "Gives all calls back to the present version, also after a promotion.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RolloutRollbackCommand implements Callable<Integer> {

  @Mixin private RolloutOptions options;
  @Mixin private RolloutPerson person;

  @Parameters(paramLabel = "NAME", description = "the rollout")
  private String name;

  @Override
  public Integer call() throws Exception {
    return options.use((settings, rollouts) ->
        rollouts.controller(name) == null && isOfProcesses(settings)
            ? control(settings)
            : RolloutRequests.ask(
                options, rollouts, name, Rollouts.Request.ROLL_BACK, person, "roll back"));
  }

  private boolean isOfProcesses(Settings settings) throws RolloutException {
    return !RolloutSettings.JVM.equals(RolloutPlan.of(settings, name).settings().engine());
  }

  /** Takes control, because no other process would carry it out. */
  private int control(Settings settings) throws RolloutException, InterruptedException {
    try (RolloutRunner runner = RolloutRunner.open(settings, name, Path.of(""))) {
      runner.ask(Rollouts.Request.ROLL_BACK, person.who(), person.reason());
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
