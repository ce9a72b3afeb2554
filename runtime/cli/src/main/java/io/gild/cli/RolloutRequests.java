package io.gild.cli;

import io.gild.operations.RolloutException;
import io.gild.operations.RolloutRecord;
import io.gild.operations.Rollouts;
import org.jspecify.annotations.Nullable;

/** Asks something of a rollout and waits a while until it was done. */
final class RolloutRequests {

  private static final long MOST_WAIT_NANOS = 5_000_000_000L;
  private static final long POLL_MILLIS = 50;

  private RolloutRequests() {}

  static int ask(
      RolloutOptions options,
      Rollouts rollouts,
      String name,
      Rollouts.Request request,
      RolloutPerson person,
      String what)
      throws RolloutException, InterruptedException {
    RolloutRecord before = rollouts.find(name);
    String known = rollouts.problem(name);
    rollouts.request(name, request, person.who(), person.reason());
    long end = System.nanoTime() + MOST_WAIT_NANOS;
    while (System.nanoTime() < end) {
      RolloutRecord now = rollouts.find(name);
      if (now != null && changed(before, now)) {
        options.out().println(RolloutText.line(now));
        return 0;
      }
      String problem = rollouts.problem(name);
      if (!problem.isEmpty() && !problem.equals(known)) {
        throw new RolloutException(problem);
      }
      Thread.sleep(POLL_MILLIS);
    }
    String controller = rollouts.controller(name);
    options
        .out()
        .println(
            "The request to "
                + what
                + " "
                + name
                + " is written. "
                + (controller == null
                    ? "Nothing controls the rollout now: the application takes the request when it"
                        + " starts, or \"gild rollout start "
                        + name
                        + "\" for processes."
                    : "It is controlled by " + controller + ", which has not taken it yet."));
    return 0;
  }

  private static boolean changed(@Nullable RolloutRecord before, RolloutRecord now) {
    return before == null
        || now.run() != before.run()
        || now.events().size() > before.events().size() && now.achieved() >= 0;
  }
}
