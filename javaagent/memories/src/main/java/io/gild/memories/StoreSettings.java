package io.gild.memories;

import io.gild.config.Mode;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.core.spi.Clock;
import io.gild.memory.AgentMemory;
import io.gild.memory.MemorySettings;
import io.gild.memory.Sessions;
import io.gild.weaver.LazyRuntime;
import org.jspecify.annotations.Nullable;

/** Whether chat memories are kept in sessions, and the sessions. */
final class StoreSettings {

  private static final String IN_HEAP = "in-process";

  private final LazyRuntime runtime;
  private volatile boolean keeping;
  private volatile int interruptions;

  StoreSettings(LazyRuntime runtime) {
    this.runtime = runtime;
  }

  /** Returns whether memories are kept; if only the mode forbids it, one line explains that. */
  boolean keep(MemoryFramework framework) {
    GildRuntime known = runtime.get();
    boolean keeps = known != null && keeps(known, framework);
    if (keeping != keeps) {
      change(keeps);
    }
    return keeps;
  }

  private static boolean keeps(GildRuntime known, MemoryFramework framework) {
    String store = store(known);
    if (store.equals(IN_HEAP)) {
      return false;
    }
    if (known.settings().mode(Mode.OBSERVE) != Mode.ENFORCE) {
      GildLog.infoOnce(
          "memory.session.store is %s, but the mode is observe: the chat memories of %s stay in memory. Set mode: enforce to keep them."
              .formatted(store, framework.title()));
      return false;
    }
    return true;
  }

  private synchronized void change(boolean keeps) {
    if (keeping && !keeps) {
      interruptions++;
    }
    keeping = keeps;
  }

  /** Returns how often the settings have ended the keeping: only the heap was written then. */
  int interruptions() {
    return interruptions;
  }

  private static String store(GildRuntime known) {
    return known.settings().get(MemorySettings.SECTION).session().store();
  }

  /**
   * Returns the sessions.
   *
   * @throws io.gild.memory.MemoryException if their store cannot be opened
   */
  @Nullable Sessions sessions() {
    GildRuntime known = runtime.get();
    return known == null ? null : AgentMemory.of(known).sessions();
  }

  Clock clock() {
    GildRuntime known = runtime.started();
    return known == null ? Clock.SYSTEM : known.clock();
  }
}
