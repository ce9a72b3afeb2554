package io.gild.cli;

import io.gild.config.Settings;
import io.gild.operations.RolloutException;
import io.gild.operations.Rollouts;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Asks something of a rollout that another process controls. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
abstract class RolloutRequestCommand implements Callable<Integer> {

  @Mixin RolloutOptions options;
  @Mixin RolloutPerson person;

  @Parameters(paramLabel = "NAME", description = "the rollout")
  String name;

  private final String what;

  /**
   * Creates a command.
   *
   * @param what a verb for messages
   */
  RolloutRequestCommand(String what) {
    this.what = what;
  }

  /** Returns what is asked. */
  abstract Rollouts.Request request();

  @Override
  public Integer call() throws Exception {
    return options.use(this::carryOut);
  }

  int carryOut(Settings settings, Rollouts rollouts) throws RolloutException, InterruptedException {
    return RolloutRequests.ask(options, rollouts, name, request(), person, what);
  }
}
