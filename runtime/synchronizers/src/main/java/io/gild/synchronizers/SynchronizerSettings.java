package io.gild.synchronizers;

import io.gild.config.Experimental;
import io.gild.config.PolicyTree;
import io.gild.config.Section;
import java.time.Duration;
import java.util.Map;

/**
 * Where synchronizers are.
 *
 * @param engine {@code in-process}, or the name of an engine that is on the class path, such as
 *     {@code redis} or {@code nats}
 * @param lease how long something is held without a renewal, unless the code has another lease: how
 *     soon what a dead process held returns; 1 ms to 1 day
 */
@Experimental
public record SynchronizerSettings(String engine, Duration lease) {

  /** The section {@code synchronizers}. */
  public static final Section<SynchronizerSettings> SECTION =
      Section.of("synchronizers", SynchronizerSettings.class)
          .defaults(PolicyTree.of(Map.of("engine", "in-process", "lease", "30s")));

  /** Checks the values. */
  public SynchronizerSettings {
    SharedSemaphore.requireLease(lease);
  }

  /** Returns whether the engine is this process. */
  boolean isInProcess() {
    return engine.equals(Engines.IN_PROCESS);
  }
}
