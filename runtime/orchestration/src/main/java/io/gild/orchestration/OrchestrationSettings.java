package io.gild.orchestration;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.config.Section;
import java.time.Duration;

/**
 * How workflows run.
 *
 * @param durable whether runs are kept in the folder {@code runs} of the data folder, so that they
 *     survive their JVM
 * @param keep how long runs that are over stay there; zero or more
 * @param maxRuns the most runs that may be under way; 1 or more
 */
@Experimental
public record OrchestrationSettings(boolean durable, Duration keep, int maxRuns) {

  /** The section {@code orchestration}. */
  public static final Section<OrchestrationSettings> SECTION =
      Section.of("orchestration", OrchestrationSettings.class);

  /** Checks the values. */
  public OrchestrationSettings {
    Require.notNegative(keep, "keep");
    Require.atLeast(1, maxRuns, "max-runs");
  }
}
