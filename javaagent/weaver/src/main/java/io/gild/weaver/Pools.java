package io.gild.weaver;

import io.gild.weaver.CarryJoinPoint.How;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.Library;
import io.gild.weaver.spi.LibraryContext;
import io.gild.weaver.spi.LibraryProvider;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the JDK's thread pools, so that a governed call follows its tasks: pools, schedulers,
 * timers, the common pool with parallel streams and {@code CompletableFuture}, and virtual threads.
 */
public final class Pools implements Library {

  private static final String PACKAGE = "java/util/concurrent/";
  private static final String FORK_JOIN_TASK = PACKAGE + "ForkJoinTask";
  private static final String VIRTUAL_THREADS = "java/lang/ThreadBuilders";
  private static final String FUTURE = PACKAGE + "CompletableFuture";
  private static final String FUTURE_TASK = PACKAGE + "FutureTask";
  private static final String POOL = PACKAGE + "ThreadPoolExecutor";
  private static final String WORKER = POOL + "$Worker";
  private static final String ANY_POOL = PACKAGE + "AbstractExecutorService";
  private static final String SCHEDULER = PACKAGE + "ScheduledThreadPoolExecutor";
  private static final String TIMER = "java/util/Timer";
  private static final String TIMER_QUEUE = "java/util/TaskQueue";
  static final String THREAD_PER_TASK = "java.util.concurrent.ThreadPerTaskExecutor";

  /** Pools whose tasks only the JDK sees, and the methods of each that take tasks. */
  private static final String[][] WRAPPING = {
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

  private final CarriedCalls calls;
  private final CarriedRuns runs;
  private final Carrier carrier = new Carrier();

  /**
   * Creates the library.
   *
   * @param calls stores the calls of waiting tasks
   */
  Pools(CarriedCalls calls) {
    this.calls = calls;
    this.runs = new CarriedRuns(calls);
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    if (shape.is(FUTURE)) {
      return method.name().endsWith("Async") ? carrying(method, How.WRAPPED) : null;
    }
    for (String[] pool : WRAPPING) {
      for (int i = 1; shape.is(pool[0]) && i < pool.length; i++) {
        if (method.name().equals(pool[i])) {
          return carrying(method, How.WRAPPED);
        }
      }
    }
    return shape.is(POOL) ? pool(method) : other(shape, method);
  }

  private @Nullable JoinPoint pool(ClassShape.Method method) {
    return switch (method.name()) {
      case "execute" -> carrying(method, How.BESIDE);
      case "runWorker" -> runs.workerBegins();
      case "getTask" -> new TakenJoinPoint();
      case "reject" -> runs.taskRejected();
      case "remove" -> runs.taskRemoved();
      default -> null;
    };
  }

  private @Nullable JoinPoint other(ClassShape shape, ClassShape.Method method) {
    return switch (shape.name().replace('.', '/') + "#" + method.name()) {
      case FORK_JOIN_TASK + "#fork", SCHEDULER + "#delayedExecute", TIMER + "#sched" ->
          carrying(method, How.BESIDE);
      case FORK_JOIN_TASK + "#doExec", FUTURE_TASK + "#run", FUTURE_TASK + "#runAndReset" ->
          runs.wholeRun();
      case WORKER + "#unlock" -> runs.runEnded();
      case ANY_POOL + "#newTaskFor" -> runs.taskMade();
      case TIMER_QUEUE + "#removeMin", TIMER_QUEUE + "#rescheduleMin" -> runs.timerFires();
      case TIMER_QUEUE + "#isEmpty" -> runs.timerRests();
      default -> null;
    };
  }

  private JoinPoint carrying(ClassShape.Method method, How how) {
    return new CarryJoinPoint(method.descriptor(), calls, carrier, how);
  }

  /** Makes the library. */
  public static final class Provider implements LibraryProvider {

    private final CarriedCalls calls;

    /**
     * Creates a provider.
     *
     * @param calls stores the calls of waiting tasks
     */
    public Provider(CarriedCalls calls) {
      this.calls = calls;
    }

    @Override
    public Set<String> classes() {
      Set<String> classes =
          new HashSet<>(
              Set.of(
                  FORK_JOIN_TASK,
                  FUTURE,
                  FUTURE_TASK,
                  POOL,
                  WORKER,
                  ANY_POOL,
                  SCHEDULER,
                  TIMER,
                  TIMER_QUEUE));
      for (String[] pool : WRAPPING) {
        classes.add(pool[0]);
      }
      return classes;
    }

    @Override
    public Library create(LibraryContext context) {
      return new Pools(calls);
    }
  }
}
