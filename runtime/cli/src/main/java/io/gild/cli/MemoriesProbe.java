package io.gild.cli;

import com.google.auto.service.AutoService;
import io.gild.core.GildRuntime;
import io.gild.memory.AgentMemory;
import io.gild.memory.Memories;
import io.gild.memory.MemoryDraft;
import io.gild.memory.MemorySettings;
import io.gild.smoke.spi.ProbeScope;
import io.gild.smoke.spi.SmokeFinding;
import io.gild.smoke.spi.SmokeProbe;
import io.gild.smoke.spi.SmokeTest;
import java.util.Set;
import java.util.UUID;

/** Stores a memory of a tenant of its own in the server that keeps memories, and removes it. */
@AutoService(SmokeProbe.class)
public final class MemoriesProbe implements SmokeProbe {

  private static final Set<String> OWN = Set.of("in-process", "folder");

  @Override
  public SmokeTest test() {
    return SmokeTest.STORAGE;
  }

  @Override
  public SmokeFinding run(ProbeScope scope) {
    String store = scope.settings().get(MemorySettings.SECTION).longTerm().store();
    if (OWN.contains(store)) {
      return SmokeFinding.notApplicable("memory.long-term.store is " + store);
    }
    try (GildRuntime runtime = SmokeRuntimes.of(scope.settings());
        AgentMemory memory = AgentMemory.of(runtime)) {
      return roundTrip(memory.memories(), "memories in " + store);
    }
  }

  private static SmokeFinding roundTrip(Memories memories, String subject) {
    String tenant = "gild-smoke-" + UUID.randomUUID();
    try {
      memories.remember(new MemoryDraft("a smoke test").tenant(tenant));
      return memories.all(tenant).size() == 1
          ? SmokeFinding.passed(subject + " keep what is written")
          : SmokeFinding.failed(subject + " do not have the memory that was just stored");
    } finally {
      memories.forgetTenant(tenant);
    }
  }
}
