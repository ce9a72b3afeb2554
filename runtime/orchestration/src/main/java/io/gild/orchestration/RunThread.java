package io.gild.orchestration;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Work of a run on some thread, which is interrupted only while it does that work. */
final class RunThread implements Runnable {

  private final Runnable work;
  private final CountDownLatch ended = new CountDownLatch(1);
  private @Nullable Thread thread;
  private boolean interrupted;

  RunThread(Runnable work) {
    this.work = work;
  }

  @Override
  public void run() {
    synchronized (this) {
      thread = Thread.currentThread();
      if (interrupted) {
        thread.interrupt();
      }
    }
    try {
      work.run();
    } finally {
      synchronized (this) {
        thread = null;
        Thread.interrupted(); // a pool gets its thread back
      }
      ended.countDown();
    }
  }

  /** Interrupts the work, also if it begins later. */
  synchronized void interrupt() {
    interrupted = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Marks work that will never run. */
  void rejected() {
    ended.countDown();
  }

  /** Waits until the work has ended; returns whether it has. */
  boolean await(Duration most) throws InterruptedException {
    return ended.await(most.toMillis(), TimeUnit.MILLISECONDS);
  }
}
