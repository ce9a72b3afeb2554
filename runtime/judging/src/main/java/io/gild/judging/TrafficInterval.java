package io.gild.judging;

import io.gild.config.Experimental;
import java.util.List;

/**
 * What both versions did within the same interval of time. One without calls is valid.
 *
 * @param stable calls of the present version
 * @param canary calls of the new version
 * @param golden golden tasks that both answered
 */
@Experimental
public record TrafficInterval(CallSamples stable, CallSamples canary, List<ScorePair> golden) {

  /** Copies the list. */
  public TrafficInterval {
    golden = List.copyOf(golden);
  }
}
