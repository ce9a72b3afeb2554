package io.gild.observability;

import io.gild.core.GildRuntime;
import io.gild.core.HostClasses;
import java.lang.reflect.Field;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The thread on which Prometheus' client limits the rate of exemplars: one for each copy of its
 * classes, which never ends by itself and would keep the class loader of the first caller.
 */
final class ExemplarThread {

  private static final String SCHEDULER = "io.prometheus.metrics.core.util.Scheduler";

  /** The client cannot start it again. */
  private static volatile boolean ended;

  private ExemplarThread() {}

  /** Starts it on behalf of no application; returns whether there can be exemplars. */
  static boolean start() {
    if (ended) {
      return false;
    }
    try {
      var schedule =
          Class.forName(SCHEDULER)
              .getMethod("schedule", Runnable.class, long.class, TimeUnit.class);
      Runnable nothing = () -> {};
      return GildRuntime.neutrally(() -> {
        try {
          return schedule.invoke(null, nothing, 0L, TimeUnit.NANOSECONDS) != null;
        } catch (ReflectiveOperationException misfit) {
          return false;
        }
      });
    } catch (ReflectiveOperationException | LinkageError misfit) {
      return false;
    }
  }

  /** Ends it in a javaagent, whose copy of the client is used by Gild alone. */
  static void end() {
    if (!HostClasses.attached()) {
      return;
    }
    ended = true;
    try {
      Field executor = Class.forName(SCHEDULER).getDeclaredField("executor");
      executor.setAccessible(true);
      if (executor.get(null) instanceof ExecutorService service) {
        service.shutdownNow();
      }
    } catch (ReflectiveOperationException | RuntimeException | LinkageError misfit) {
      return; // a later version of the client has no such thread
    }
  }
}
