package io.gild.operations;

import io.gild.config.Experimental;
import io.gild.core.spi.Clock;
import io.gild.gates.AuditLog;
import io.gild.operations.spi.SmokeCheck;
import io.gild.operations.spi.TelemetrySource;
import io.gild.operations.spi.TrafficEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a controller needs.
 *
 * @param plan the rollout
 * @param engine sets the shares; closed with the controller
 * @param sources measure the versions; closed with the controller
 * @param store the folder of rollouts
 * @param audit where decisions are written
 * @param notifier gets each decision as it is in the audit log; must not wait
 * @param smoke tests a new version on its own address
 * @param clock the clock
 */
@Experimental
public record RolloutParts(
    RolloutPlan plan,
    TrafficEngine engine,
    List<TelemetrySource> sources,
    Path store,
    AuditLog audit,
    Consumer<Map<String, @Nullable Object>> notifier,
    SmokeCheck smoke,
    Clock clock) {

  /** Copies the list. */
  public RolloutParts {
    sources = List.copyOf(sources);
  }

  RolloutFolder folder() {
    return new RolloutFolder(store);
  }
}
