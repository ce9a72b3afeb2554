package io.gild.smoke;

import io.gild.config.Durations;
import io.gild.smoke.spi.SmokeFinding;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Asks the agent several times, and compares the 95th percentile of the durations. */
final class PerformanceStep implements SmokeStep {

  private static final double QUANTILE = 0.95;

  @Override
  public SmokeFinding run(SmokeScope scope) throws IOException, InterruptedException {
    SmokeAgent agent = scope.agent();
    if (agent == null) {
      return SmokeFinding.notApplicable(scope.noAgent());
    }
    int calls = scope.smoke().performance().calls();
    Duration limit = scope.smoke().performance().p95();
    int allowed = calls - rank(calls);
    List<Duration> slow = new ArrayList<>();
    List<Duration> all = new ArrayList<>();
    while (all.size() < calls) {
      Duration took = agent.ask().took();
      all.add(took);
      if (took.compareTo(limit) > 0) {
        slow.add(took);
      }
      if (slow.size() > allowed) {
        return SmokeFinding.failed(
            "%d of %d calls took more than %s, at most %d of %d may: up to %s"
                .formatted(
                    slow.size(),
                    all.size(),
                    Durations.format(limit),
                    allowed,
                    calls,
                    millis(Collections.max(slow))));
      }
    }
    Collections.sort(all);
    return SmokeFinding.passed(
        "95 % of "
            + calls
            + " calls took at most "
            + millis(all.get(rank(calls) - 1))
            + ", the limit is "
            + Durations.format(limit));
  }

  /** Returns the number of the call, by duration, that is the percentile. */
  private static int rank(int calls) {
    return (int) Math.ceil(QUANTILE * calls);
  }

  private static String millis(Duration duration) {
    return Durations.format(Duration.ofMillis(Math.max(1, duration.toMillis())));
  }
}
