package io.gild.twin;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.spi.SettingsModule;
import io.gild.core.RuntimeScope;
import io.gild.core.spi.GildModule;
import io.gild.memory.AgentMemory;

/** Finishes interrupted restores when a runtime starts. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class TwinModule implements GildModule {

  /** Creates the module; the service loader does. */
  public TwinModule() {}

  @Override
  public String name() {
    return "twin";
  }

  @Override
  public void start(RuntimeScope runtime) {
    if (TwinRestore.pending(runtime).isEmpty()) {
      return;
    }
    try (AgentMemory memory = AgentMemory.restoring(runtime)) {
      new TwinRestore(runtime, memory).finish();
    }
  }
}
