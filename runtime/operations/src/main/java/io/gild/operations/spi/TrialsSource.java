package io.gild.operations.spi;

import io.gild.config.Experimental;
import io.gild.operations.RolloutException;
import io.gild.versions.VersionTrials;

/** Asks both versions of a rollout in this JVM questions that no caller asked. */
@Experimental
@FunctionalInterface
public interface TrialsSource {

  /**
   * Returns what asks the versions; it may be another object after the rollout was started again.
   *
   * @return the trials
   * @throws RolloutException if the new version cannot answer
   */
  VersionTrials trials() throws RolloutException;
}
