package io.gild.spring;

import io.gild.config.Settings;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import java.util.ArrayList;
import java.util.List;

/**
 * The contexts that use the one runtime of this JVM: the latest of them gives it its settings, and
 * the last one closes it. Thread-safe.
 */
final class SharedRuntime {

  private static final List<Lease> LEASES = new ArrayList<>();

  private SharedRuntime() {}

  /** The use of the runtime by one context. */
  static final class Lease implements AutoCloseable {

    private final Settings settings;

    private Lease(Settings settings) {
      this.settings = settings;
    }

    @Override
    public void close() {
      giveBack(this);
    }
  }

  static Lease lease(Settings settings) {
    synchronized (LEASES) {
      Lease lease = new Lease(settings);
      if (!LEASES.isEmpty() && !latest().meansTheSame(settings)) {
        GildLog.info(
            "Another application context is open, and its gild settings differ. Those of the new"
                + " context apply to both until it closes, because a JVM has one runtime.");
      }
      LEASES.add(lease);
      GildRuntime.start(settings);
      return lease;
    }
  }

  private static void giveBack(Lease lease) {
    synchronized (LEASES) {
      if (!LEASES.remove(lease)) {
        return;
      }
      if (LEASES.isEmpty()) {
        GildRuntime.global().close();
      } else {
        GildRuntime.start(latest());
      }
    }
  }

  private static Settings latest() {
    return LEASES.get(LEASES.size() - 1).settings;
  }
}
