package io.gild.cli;

import io.gild.core.GildRuntime;
import io.gild.memory.AgentMemory;
import io.gild.memory.MemorySettings;
import io.gild.smoke.spi.ProbeScope;
import io.gild.smoke.spi.SmokeFinding;
import io.gild.smoke.spi.SmokeProbe;
import io.gild.smoke.spi.SmokeTest;
import java.util.Set;

/** Writes to a server that keeps a part of the memory, and reads from it. */
abstract class MemoryStoreProbe implements SmokeProbe {

  private static final Set<String> OWN = Set.of("in-process", "folder");

  private final String key;
  private final String subject;

  /**
   * Creates a probe.
   *
   * @param key the setting that names the store
   * @param subject what the store keeps, in the plural
   */
  MemoryStoreProbe(String key, String subject) {
    this.key = key;
    this.subject = subject;
  }

  /** Returns the name of the store. */
  abstract String store(MemorySettings settings);

  /** Writes something of its own, reads it and removes it. */
  abstract SmokeFinding roundTrip(AgentMemory memory, String kept);

  @Override
  public final SmokeTest test() {
    return SmokeTest.STORAGE;
  }

  @Override
  public final SmokeFinding run(ProbeScope scope) {
    String store = store(scope.settings().get(MemorySettings.SECTION));
    if (OWN.contains(store)) {
      return SmokeFinding.notApplicable(key + " is " + store);
    }
    try (GildRuntime runtime = SmokeRuntimes.of(scope.settings());
        AgentMemory memory = AgentMemory.of(runtime)) {
      return roundTrip(memory, subject + " in " + store);
    }
  }
}
