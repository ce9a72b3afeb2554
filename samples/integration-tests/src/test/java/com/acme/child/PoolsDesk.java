package com.acme.child;

import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Observations of an agent about the pools that it submits tasks to. */
public final class PoolsDesk {

  /** A task that its queue orders and casts. */
  private record Urgent(int rank, AtomicInteger runs) implements Runnable {
    @Override
    public void run() {
      runs.incrementAndGet();
    }
  }

  private PoolsDesk() {}

  /** Runs one action; returns its result. */
  public static String compare(String what) throws Exception {
    return switch (what) {
      case "remove" -> remove();
      case "queue" -> queue();
      case "shutdown" -> shutdown();
      case "casting" -> casting();
      case "twice" -> twice();
      case "scheduled" -> scheduled();
      case "uncaught" -> uncaught();
      case "future" -> future();
      case "fork-join" -> forkJoin();
      case "timer" -> timer();
      default -> throw new IllegalArgumentException(what);
    };
  }

  private static ThreadPoolExecutor busy(BlockingQueue<Runnable> queue, CountDownLatch open) {
    ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, queue);
    pool.execute(() -> await(open));
    return pool;
  }

  private static void await(CountDownLatch open) {
    try {
      open.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void end(ThreadPoolExecutor pool) throws InterruptedException {
    pool.shutdown();
    pool.awaitTermination(20, TimeUnit.SECONDS);
  }

  private static String remove() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    ThreadPoolExecutor pool = busy(new LinkedBlockingQueue<>(), open);
    AtomicInteger runs = new AtomicInteger();
    Runnable task = runs::incrementAndGet;
    pool.execute(task);
    boolean removed = pool.remove(task);
    open.countDown();
    end(pool);
    return removed + " " + runs;
  }

  private static String queue() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    ThreadPoolExecutor pool = busy(new LinkedBlockingQueue<>(), open);
    Runnable task = () -> {};
    pool.execute(task);
    boolean contains = pool.getQueue().contains(task);
    boolean same = pool.getQueue().peek() == task;
    open.countDown();
    end(pool);
    return contains + " " + same;
  }

  private static String shutdown() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    ThreadPoolExecutor pool = busy(new LinkedBlockingQueue<>(), open);
    Runnable task = () -> {};
    FutureTask<String> other = new FutureTask<>(() -> "x");
    pool.execute(task);
    pool.execute(other);
    List<Runnable> left = pool.shutdownNow();
    return left.size() + " " + (left.get(0) == task) + " " + (left.get(1) == other);
  }

  private static String casting() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    BlockingQueue<Runnable> queue =
        new PriorityBlockingQueue<>(
            8, (one, two) -> Integer.compare(((Urgent) one).rank(), ((Urgent) two).rank()));
    ThreadPoolExecutor pool = busy(queue, open);
    pool.execute(new Urgent(2, runs));
    pool.execute(new Urgent(1, runs));
    int first = ((Urgent) queue.peek()).rank();
    open.countDown();
    end(pool);
    return first + " " + runs;
  }

  private static String twice() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    ThreadPoolExecutor pool = busy(new LinkedBlockingQueue<>(), new CountDownLatch(0));
    Runnable task = runs::incrementAndGet;
    pool.execute(task);
    pool.execute(task);
    end(pool);
    return runs.toString();
  }

  private static String scheduled() throws Exception {
    ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1);
    ScheduledFuture<?> later = pool.schedule(() -> {}, 1, TimeUnit.HOURS);
    boolean contains = pool.getQueue().contains(later);
    boolean removed = pool.remove((Runnable) later);
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch three = new CountDownLatch(3);
    ScheduledFuture<?> periodic =
        pool.scheduleAtFixedRate(
            () -> {
              runs.incrementAndGet();
              three.countDown();
            },
            0,
            1,
            TimeUnit.MILLISECONDS);
    boolean often = three.await(20, TimeUnit.SECONDS);
    periodic.cancel(false);
    pool.shutdownNow();
    return contains + " " + removed + " " + often;
  }

  private static String uncaught() throws Exception {
    CompletableFuture<Throwable> caught = new CompletableFuture<>();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task);
              thread.setDaemon(true);
              thread.setUncaughtExceptionHandler((where, failure) -> caught.complete(failure));
              return thread;
            });
    pool.execute(PoolsDesk::fail);
    return frames(caught.get(20, TimeUnit.SECONDS));
  }

  private static void fail() {
    throw new IllegalStateException("failed");
  }

  private static Object failing() {
    throw new IllegalStateException("failed");
  }

  private static String frames(Throwable failure) {
    List<String> names = new ArrayList<>();
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (!frame.getClassName().startsWith("java.")) {
        names.add(frame.getClassName() + "." + frame.getMethodName().replaceAll("\\d+", ""));
      }
    }
    return String.join(" ", names);
  }

  private static String future() throws Exception {
    try {
      CompletableFuture.supplyAsync(PoolsDesk::failing).get(20, TimeUnit.SECONDS);
      return "no failure";
    } catch (ExecutionException failure) {
      return frames(failure.getCause());
    }
  }

  private static String forkJoin() throws Exception {
    try {
      ForkJoinPool.commonPool().submit(PoolsDesk::failing).get(20, TimeUnit.SECONDS);
      return "no failure";
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause();
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return frames(cause);
    }
  }

  private static String timer() throws Exception {
    Timer timer = new Timer(true);
    AtomicReference<Boolean> own = new AtomicReference<>();
    CountDownLatch ran = new CountDownLatch(1);
    TimerTask task =
        new TimerTask() {
          @Override
          public void run() {
            own.set(true);
            ran.countDown();
          }
        };
    timer.schedule(task, 0);
    ran.await(20, TimeUnit.SECONDS);
    TimerTask cancelled =
        new TimerTask() {
          @Override
          public void run() {
            throw new IllegalStateException("cancelled");
          }
        };
    timer.schedule(cancelled, 3_600_000);
    boolean stopped = cancelled.cancel();
    int purged = timer.purge();
    timer.cancel();
    return own + " " + stopped + " " + purged;
  }
}
