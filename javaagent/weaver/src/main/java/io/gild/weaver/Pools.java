package io.gild.weaver;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the JDK's thread pools are woven, so that a governed call follows its tasks: pools,
 * schedulers, the common pool with parallel streams and {@code CompletableFuture}, and virtual
 * threads.
 */
final class Pools implements Library {

  private static final String PACKAGE = "java/util/concurrent/";
  private static final String FORK_JOIN_TASK = PACKAGE + "ForkJoinTask";
  private static final String VIRTUAL_THREADS = "java/lang/ThreadBuilders";
  private static final String FUTURE = PACKAGE + "CompletableFuture";

  /** Pools, and the methods of each that take tasks. */
  private static final String[][] POOLS = {
    {PACKAGE + "ThreadPoolExecutor", "execute"},
    {PACKAGE + "AbstractExecutorService", "submit", "newTaskFor"},
    {
      PACKAGE + "ScheduledThreadPoolExecutor",
      "schedule",
      "scheduleAtFixedRate",
      "scheduleWithFixedDelay"
    },
    {
      PACKAGE + "ForkJoinPool",
      "execute",
      "submit",
      "invoke",
      "invokeAll",
      "schedule",
      "scheduleAtFixedRate",
      "scheduleWithFixedDelay"
    },
    {PACKAGE + "ThreadPerTaskExecutor", "execute", "submit"},
    {FUTURE + "$ThreadPerTaskExecutor", "execute"},
    {VIRTUAL_THREADS, "newVirtualThread"},
  };

  private final ForkedTasks forked = new ForkedTasks();

  @Override
  public Set<String> classes() {
    Set<String> classes = new HashSet<>(Set.of(FORK_JOIN_TASK, FUTURE));
    for (String[] pool : POOLS) {
      classes.add(pool[0]);
    }
    return classes;
  }

  @Override
  public Set<String> supertypes() {
    return Set.of();
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    if (shape.is(FORK_JOIN_TASK)) {
      return forkJoin(method);
    }
    if (shape.is(FUTURE)) {
      return method.name().endsWith("Async") ? carrying(method) : null;
    }
    for (String[] pool : POOLS) {
      for (int i = 1; shape.is(pool[0]) && i < pool.length; i++) {
        if (method.name().equals(pool[i])) {
          return carrying(method);
        }
      }
    }
    return null;
  }

  private @Nullable JoinPoint forkJoin(ClassShape.Method method) {
    if (method.name().equals("fork")) {
      return carrying(method);
    }
    return method.name().equals("doExec") ? forked : null;
  }

  private JoinPoint carrying(ClassShape.Method method) {
    return new CarryJoinPoint(method.descriptor(), forked, !method.name().equals("newTaskFor"));
  }
}
