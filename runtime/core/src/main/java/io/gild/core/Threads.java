package io.gild.core;

import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.ProtectionDomain;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The runtime's own threads: daemons, started when first needed.
 *
 * <p>They may outlive the application that first needed them, and inherit none of its objects:
 * neither its class loader, nor its protection domains, nor its inheritable thread locals.
 */
final class Threads {

  private static final int USUAL_IDLE_SECONDS = 60;

  private final int idleSeconds;
  private @Nullable ExecutorService attempts;
  private @Nullable ScheduledThreadPoolExecutor scheduler;
  private boolean closed;

  Threads() {
    this(USUAL_IDLE_SECONDS);
  }

  /**
   * Creates threads.
   *
   * @param idleSeconds when a thread ends that has no attempt to run
   */
  Threads(int idleSeconds) {
    this.idleSeconds = idleSeconds;
  }

  synchronized ExecutorService attempts() {
    if (attempts == null) {
      attempts =
          new ThreadPoolExecutor(
              0,
              Integer.MAX_VALUE,
              idleSeconds,
              TimeUnit.SECONDS,
              new SynchronousQueue<>(),
              named("gild-attempt-"));
      if (closed) {
        attempts.shutdown();
      }
    }
    return attempts;
  }

  synchronized ScheduledThreadPoolExecutor scheduler() {
    if (scheduler == null) {
      scheduler = new ScheduledThreadPoolExecutor(1, named("gild-scheduler-"));
      scheduler.setRemoveOnCancelPolicy(true);
      scheduler.setKeepAliveTime(idleSeconds, TimeUnit.SECONDS);
      scheduler.allowCoreThreadTimeOut(true); // it stays while anything is scheduled
      if (closed) {
        scheduler.shutdown();
      }
    }
    return scheduler;
  }

  synchronized void close() {
    closed = true;
    if (attempts != null) {
      attempts.shutdown();
    }
    if (scheduler != null) {
      scheduler.shutdown();
    }
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> neutrally(() -> thread(task, prefix + number.incrementAndGet()));
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(topGroup(), task, name, 0, false);
    thread.setDaemon(true);
    return thread;
  }

  private static ThreadGroup topGroup() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }

  /**
   * Makes an object that may start threads, as if the application were not on the call stack.
   *
   * @param maker makes it
   * @return what it made
   */
  @SuppressWarnings("removal") // JDK 17 gives each new thread the domains of all its creators
  static <T> T neutrally(Supplier<T> maker) {
    Runnable restore = installLoader(Threads.class.getClassLoader());
    try {
      AccessControlContext nothing = new AccessControlContext(new ProtectionDomain[0]);
      return AccessController.doPrivileged((PrivilegedAction<T>) maker::get, nothing);
    } finally {
      restore.run();
    }
  }

  /**
   * Sets the context class loader of the current thread, unless the thread does not accept one.
   *
   * @return restores what the thread had
   */
  static Runnable installLoader(@Nullable ClassLoader loader) {
    try {
      ClassLoader own = Thread.currentThread().getContextClassLoader();
      setContextLoader(loader);
      return () -> setContextLoader(own);
    } catch (SecurityException refused) {
      return () -> {};
    }
  }

  private static void setContextLoader(@Nullable ClassLoader loader) {
    try {
      Thread.currentThread().setContextClassLoader(loader);
    } catch (SecurityException innocuous) {
      // A thread that accepts no class loader does not hold the application's either.
    }
  }
}
