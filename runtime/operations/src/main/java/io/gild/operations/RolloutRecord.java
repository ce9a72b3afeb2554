package io.gild.operations;

import io.gild.config.Experimental;
import java.time.Instant;
import java.util.List;

/**
 * What happened to a rollout so far.
 *
 * @param name its name in the settings
 * @param agent the agent that it is about; empty if the settings name none, or if it was started by
 *     a version of Gild that did not write the name down
 * @param run which of its runs this is, from 1: a rollout can be started again
 * @param stable name of the present version
 * @param canary name of the new version
 * @param state where it is
 * @param started when it started
 * @param share the new version's share that was decided, in hundredths of a percent
 * @param achieved the share that is set; -1 while it is not set yet
 * @param reason why it is where it is
 * @param problem what keeps it from going on; empty if nothing does
 * @param events its decisions, the first one first
 */
@Experimental
public record RolloutRecord(
    String name,
    String agent,
    long run,
    String stable,
    String canary,
    RolloutState state,
    Instant started,
    int share,
    int achieved,
    String reason,
    String problem,
    List<RolloutEvent> events) {

  /** Copies the list. */
  public RolloutRecord {
    events = List.copyOf(events);
  }
}
