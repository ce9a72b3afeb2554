package io.gild.operations.spi;

import io.gild.config.Experimental;
import io.gild.config.SettingsException;
import io.gild.operations.RolloutException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Creates the traffic engine that a rollout's settings name, and the telemetry that comes with it.
 * Found by the service loader; one provider creates the engines of many rollouts.
 */
@Experimental
public interface TrafficEngineProvider {

  /**
   * Returns the name by which settings choose this engine.
   *
   * @return such as {@code haproxy}; lower case
   */
  String name();

  /**
   * Creates an engine; does not connect to anything.
   *
   * @param options the keys and plain values that the settings give it: texts, numbers, booleans,
   *     lists and maps
   * @param base folder to which relative paths among the options are relative
   * @return a new engine
   * @throws SettingsException if an option is unknown, missing or invalid, with all mistakes and
   *     the nearest names
   * @throws RolloutException if a file that an option names cannot be used
   */
  TrafficEngine create(Map<String, Object> options, Path base) throws RolloutException;

  /**
   * Creates the telemetry of the same traffic, if the engine can count what passes it.
   *
   * @param options as for {@link #create}
   * @param base as for {@link #create}
   * @return a new source that measures from now on; empty if the engine counts nothing
   * @throws SettingsException as for {@link #create}
   * @throws RolloutException if a file that an option names cannot be used
   */
  default Optional<TelemetrySource> telemetry(Map<String, Object> options, Path base)
      throws RolloutException {
    return Optional.empty();
  }
}
