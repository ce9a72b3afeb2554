package io.gild.operations.spi;

import io.gild.config.Experimental;
import io.gild.config.Settings;
import io.gild.operations.RolloutException;
import io.gild.operations.RolloutPlan;

/** Tests versions by asking them: smoke tests, and golden tasks. Found by the service loader. */
@Experimental
public interface VersionTester {

  /**
   * Creates the smoke tests of a new version.
   *
   * @param plan the rollout
   * @param settings the settings that it is from
   * @return the tests
   * @throws RolloutException if they cannot be made
   */
  SmokeCheck smoke(RolloutPlan plan, Settings settings) throws RolloutException;

  /**
   * Creates what asks both versions golden tasks, at the addresses of the plan.
   *
   * @param plan a rollout whose settings have golden tasks
   * @param settings the settings that it is from
   * @return the scores; only the {@code golden} part of its intervals is used
   * @throws RolloutException if a file cannot be read, or a task cannot be asked
   */
  TelemetrySource golden(RolloutPlan plan, Settings settings) throws RolloutException;

  /**
   * Creates what asks both versions in this JVM golden tasks. The file is read at once; asking
   * begins when the scores are first read, and ends when they are closed.
   *
   * @param plan a rollout within one JVM whose settings have golden tasks
   * @param settings the settings that it is from
   * @param trials what asks the versions
   * @return the scores; only the {@code golden} part of its intervals is used
   * @throws RolloutException if the file cannot be read, or a setting is wrong
   */
  default TelemetrySource golden(RolloutPlan plan, Settings settings, TrialsSource trials)
      throws RolloutException {
    throw new RolloutException(
        getClass().getName() + " cannot ask golden tasks of versions in one JVM");
  }
}
