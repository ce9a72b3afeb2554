package io.gild.observability;

import io.gild.core.GildLog;
import io.gild.core.HostClasses;
import io.gild.core.WeakKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.util.ArrayList;
import java.util.List;

/**
 * Mirrors the agent's meters into the Micrometer of each application that has one, as soon as the
 * application has loaded it. Thread-safe.
 */
final class HostRegistries implements AutoCloseable {

  private final WeakKeys<Boolean> known = new WeakKeys<>();
  private final List<MeterRegistry> joined = new ArrayList<>();
  private boolean closed;

  /** Joins the registries of applications that were not known before. */
  synchronized void join() {
    for (ClassLoader loader : HostClasses.loadersOf(HostMicrometer.METRICS)) {
      if (!closed) {
        join(loader);
      }
    }
  }

  private void join(ClassLoader loader) {
    try {
      Class<?> metrics = loader.loadClass(HostMicrometer.METRICS);
      boolean own = metrics == Metrics.class; // the agent's classes are the application's, too
      if (own || known.putIfAbsent(metrics, true) != null) {
        return;
      }
      HostRegistry registry = new HostRegistry(HostMicrometer.of(loader));
      joined.add(registry);
      Metrics.addRegistry(registry);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError misfit) {
      GildLog.faultOnce("Joining the application's Micrometer", misfit);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    for (MeterRegistry registry : joined) {
      Metrics.removeRegistry(registry);
      registry.close();
    }
    joined.clear();
  }
}
