package com.acme.child;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Calls a small agent again and again, on one thread or on as many virtual ones; prints the heap.
 */
public final class LoadMain {

  private LoadMain() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println("ready");
    if (arguments[0].equals("virtual")) {
      System.out.println("sum " + virtually(Integer.parseInt(arguments[1])));
      return;
    }
    Quick quick = new Quick();
    long sum = 0;
    for (int million = 1; million <= 10; million++) {
      for (int i = 0; i < 1_000_000; i++) {
        sum += quick.answer(i);
      }
      if (million == 1 || million == 10) {
        System.out.println(million + " " + usedBytes());
      }
    }
    System.out.println("sum " + sum);
  }

  /** By its name, because JDK 17 does not have it. */
  private static long virtually(int threads) throws Exception {
    Quick quick = new Quick();
    quick.late(0); // on this thread, so that start-up code blocks no virtual one
    AtomicLong sum = new AtomicLong();
    ExecutorService pool =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    for (int batch = 0; batch < threads; batch += 1_000) {
      List<Callable<Long>> tasks = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        long number = batch + i;
        tasks.add(() -> quick.late(number));
      }
      for (Future<Long> answer : pool.invokeAll(tasks)) {
        sum.addAndGet(answer.get());
      }
    }
    pool.shutdown();
    return sum.get();
  }

  private static long usedBytes() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  /** The agent. */
  static final class Quick {

    long answer(long question) {
      return question;
    }

    /** Answers after its thread has been parked. */
    long late(long question) throws InterruptedException {
      Thread.sleep(1);
      return question;
    }
  }
}
