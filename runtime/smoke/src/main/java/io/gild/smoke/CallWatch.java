package io.gild.smoke;

import io.gild.core.spi.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the call of a request among the recent calls of a process. Other callers may call the same
 * agent meanwhile; what they did must not count.
 */
final class CallWatch {

  /**
   * A request and what it did.
   *
   * @param call the agent's call; {@code null} if none was seen
   * @param all all calls since the request was sent
   * @param isAlone whether no other call of the same method was seen
   */
  record Seen(@Nullable SeenCall call, List<SeenCall> all, boolean isAlone) {}

  private static final Duration POLL = Duration.ofMillis(50);
  private static final int MOST_POLLS = 40;
  private static final int TRIES = 3;

  /**
   * The application's clock starts later and ends earlier than the caller's, but ticks coarsely.
   */
  private static final double TOLERANCE_SECONDS = 0.05;

  private final ControlCaller control;
  private final SmokeAgent agent;
  private final @Nullable String name;

  CallWatch(ControlCaller control, SmokeAgent agent, @Nullable String name) {
    this.control = control;
    this.agent = agent;
    this.name = name;
  }

  /** Asks the agent until its call is the only one that was seen, at most three times. */
  Seen ask() throws IOException, InterruptedException {
    Seen seen = once();
    for (int i = 1; i < TRIES && !seen.isAlone(); i++) {
      seen = once();
    }
    return seen;
  }

  private Seen once() throws IOException, InterruptedException {
    ControlCaller.Calls before = control.end();
    double took = agent.ask().took().toNanos() / 1e9;
    List<SeenCall> all = List.of();
    for (int i = 0; i < MOST_POLLS; i++) {
      all = control.after(before).calls();
      List<SeenCall> own =
          all.stream().filter(each -> isCandidate(each, took + TOLERANCE_SECONDS)).toList();
      if (!own.isEmpty()) {
        // calls within the agent's call end before it does
        SeenCall last = own.get(own.size() - 1);
        return new Seen(
            last, all, own.stream().filter(each -> each.name().equals(last.name())).count() == 1);
      }
      Clock.SYSTEM.sleep(POLL.toNanos());
    }
    return new Seen(null, all, true);
  }

  private boolean isCandidate(SeenCall call, double most) {
    return call.isOfAgent()
        && (name == null || call.agent().equals(name))
        && call.seconds() <= most;
  }
}
