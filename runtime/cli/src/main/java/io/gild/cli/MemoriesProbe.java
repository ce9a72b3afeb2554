package io.gild.cli;

import com.google.auto.service.AutoService;
import io.gild.memory.AgentMemory;
import io.gild.memory.Memories;
import io.gild.memory.MemoryDraft;
import io.gild.memory.MemorySettings;
import io.gild.smoke.spi.SmokeFinding;
import io.gild.smoke.spi.SmokeProbe;
import java.util.UUID;

/** Stores a memory of a tenant of its own in the server that keeps memories, and removes it. */
@AutoService(SmokeProbe.class)
public final class MemoriesProbe extends MemoryStoreProbe {

  /** Creates the probe; the service loader does. */
  public MemoriesProbe() {
    super("memory.long-term.store", "memories");
  }

  @Override
  String store(MemorySettings settings) {
    return settings.longTerm().store();
  }

  @Override
  SmokeFinding roundTrip(AgentMemory memory, String kept) {
    Memories memories = memory.memories();
    String tenant = "gild-smoke-" + UUID.randomUUID();
    try {
      memories.remember(new MemoryDraft("a smoke test").tenant(tenant));
      return memories.all(tenant).size() == 1
          ? SmokeFinding.passed(kept + " keep what is written")
          : SmokeFinding.failed(kept + " do not have the memory that was just stored");
    } finally {
      memories.forgetTenant(tenant);
    }
  }
}
