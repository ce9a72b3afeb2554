package io.gild.cli;

import io.gild.config.Settings;
import io.gild.operations.RolloutException;
import io.gild.operations.RolloutPlan;
import io.gild.operations.RolloutRecord;
import io.gild.operations.RolloutRunner;
import io.gild.operations.RolloutSettings;
import io.gild.operations.RolloutState;
import io.gild.operations.Rollouts;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Starts or continues a rollout. */
@Command(
    name = "start",
    description = {
      "Starts a rollout, or continues one whose controller ended.",
      "For versions within a JVM, the application controls it; for processes, this command does, until"
          + " it is over. Its end leaves the shares as they are, and the same command continues.",
      "Exit code: 0 promoted or handed to the application, 1 error, 2 wrong usage, 3 rolled back,"
          + " 4 ended before it was over."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RolloutStartCommand implements Callable<Integer> {

  private static final int ROLLED_BACK = 3;
  private static final int ENDED = 4;
  private static final long MOST_END_SECONDS = 20;

  @Mixin private RolloutOptions options;
  @Mixin private RolloutPerson person;

  @Parameters(paramLabel = "NAME", description = "the rollout, as gild.yaml names it")
  private String name;

  @Override
  public Integer call() throws Exception {
    return options.use((settings, rollouts) -> {
      RolloutPlan plan = RolloutPlan.of(settings, name);
      if (!RolloutSettings.JVM.equals(plan.settings().engine())) {
        return control(settings, plan);
      }
      int status =
          RolloutRequests.ask(options, rollouts, name, Rollouts.Request.START, person, "start");
      printEstimates(plan);
      return status;
    });
  }

  private void printEstimates(RolloutPlan plan) {
    plan.estimates().forEach(line -> options.out().println("  " + line));
  }

  private int control(Settings settings, RolloutPlan plan)
      throws RolloutException, InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Thread interrupted =
        new Thread(
            () -> {
              stop.countDown();
              try {
                stopped.await(MOST_END_SECONDS, TimeUnit.SECONDS);
              } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
              }
            },
            "gild-rollout-end");
    Runtime.getRuntime().addShutdownHook(interrupted);
    RolloutRecord record;
    try (RolloutRunner runner = RolloutRunner.open(settings, name, Path.of(""))) {
      if (runner.isUnderWay()) {
        options.out().println("Rollout " + name + " is continued.");
      } else {
        runner.start(person.who());
        printEstimates(plan);
      }
      record =
          runner.run(
              event -> {
                RolloutText.event(event).forEach(options.out()::println);
                options.out().flush();
              },
              problem ->
                  options
                      .err()
                      .println(problem.isEmpty() ? "gild: it goes on" : "gild: " + problem),
              () -> stop.getCount() == 0);
    } finally {
      stopped.countDown();
    }
    options.out().println(RolloutText.end(record));
    if (record.state() == RolloutState.PROMOTED) {
      return 0;
    }
    return record.state() == RolloutState.ROLLED_BACK ? ROLLED_BACK : ENDED;
  }
}
