package com.acme.http;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** An agent that calls its model on other threads; each way returns its number of requests. */
public final class PoolDesk {

  private static final ExecutorService POOL = Executors.newFixedThreadPool(2, PoolDesk::daemon);
  private static final ExecutorService OUTER = Executors.newFixedThreadPool(2, PoolDesk::daemon);
  private static final ScheduledExecutorService TIMER =
      Executors.newScheduledThreadPool(1, PoolDesk::daemon);

  private PoolDesk() {}

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  }

  /** Calls the model in one way; returns the number of requests. */
  public static String ask(String way) throws Exception {
    return switch (way) {
      case "submit" -> once(POOL.submit(PoolDesk::post).get(20, TimeUnit.SECONDS));
      case "execute" -> once(executed());
      case "nested" ->
          once(
              OUTER
                  .submit(() -> POOL.submit(PoolDesk::post).get(20, TimeUnit.SECONDS))
                  .get(20, TimeUnit.SECONDS));
      case "invoke-all" -> {
        List<Callable<Integer>> tasks = List.of(PoolDesk::post, PoolDesk::post);
        POOL.invokeAll(tasks);
        yield "2";
      }
      case "timer" ->
          once(TIMER.schedule(PoolDesk::post, 1, TimeUnit.MILLISECONDS).get(20, TimeUnit.SECONDS));
      case "future" -> once(CompletableFuture.supplyAsync(PoolDesk::quiet).join());
      case "chained" ->
          once(
              CompletableFuture.completedFuture("x")
                  .thenApplyAsync(text -> quiet(), POOL)
                  .get(20, TimeUnit.SECONDS));
      case "parallel" -> {
        IntStream.range(0, 8).parallel().forEach(i -> quiet());
        yield "8";
      }
      case "own-pool" -> inOwnPool(2) == 200 ? "2" : "failed";
      case "timer-task" -> once(onTimer());
      case "virtual" -> {
        Thread thread = virtual(PoolDesk::quiet);
        thread.join();
        yield "1";
      }
      case "virtual-executor" -> {
        try {
          Method maker = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
          ExecutorService pool = (ExecutorService) maker.invoke(null);
          yield once(pool.submit(PoolDesk::post).get(20, TimeUnit.SECONDS));
        } catch (NoSuchMethodException old) {
          yield "0";
        }
      }
      default -> throw new IllegalArgumentException(way);
    };
  }

  /** A pool whose hooks do not call those of the JDK, like Spring's. */
  private static final class OwnPool extends ThreadPoolExecutor {

    OwnPool() {
      super(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), PoolDesk::daemon);
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {}

    @Override
    protected void afterExecute(Runnable task, Throwable failure) {}
  }

  /** Sends that many requests on the pool's one thread. */
  private static int inOwnPool(int times) throws Exception {
    OwnPool pool = new OwnPool();
    int last = 0;
    for (int i = 0; i < times; i++) {
      CompletableFuture<Integer> status = new CompletableFuture<>();
      pool.execute(() -> status.complete(quiet()));
      last = status.get(20, TimeUnit.SECONDS);
    }
    pool.shutdown();
    return last;
  }

  private static int onTimer() throws Exception {
    Timer timer = new Timer(true);
    CompletableFuture<Integer> status = new CompletableFuture<>();
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            status.complete(quiet());
          }
        },
        1);
    int answer = status.get(20, TimeUnit.SECONDS);
    timer.cancel();
    return answer;
  }

  private static int executed() throws Exception {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    POOL.execute(() -> status.complete(quiet()));
    return status.get(20, TimeUnit.SECONDS);
  }

  /** Sends requests from a pool outside of any call; no agent may be charged for them. */
  public static String unasked() throws Exception {
    FutureTask<Integer> task = new FutureTask<>(PoolDesk::post);
    POOL.execute(task);
    return once(task.get(20, TimeUnit.SECONDS));
  }

  private static Thread virtual(Runnable task) throws Exception {
    try {
      return (Thread)
          Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    } catch (NoSuchMethodException old) {
      // The closest equivalent of this JDK.
      return CompletableFuture.supplyAsync(
              () -> {
                task.run();
                return Thread.currentThread();
              })
          .thenApply(done -> new Thread())
          .join();
    }
  }

  private static String once(int status) {
    return status == 200 ? "1" : "status " + status;
  }

  private static int quiet() {
    try {
      return post();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static int post() throws Exception {
    return new UrlConnection()
        .post(
            System.getenv("PROVIDER") + "/chat/completions",
            "{\"model\": \"own-model\", \"messages\": []}");
  }
}
