package io.gild.core;

import io.gild.config.Experimental;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A step of a call that runs on one of Gild's threads while the caller's thread waits, with the
 * caller's context class loader.
 *
 * <p>An interrupt of the waiting thread is passed on to the step. The step decides the result of
 * the interrupt: a failure, an answer, or an interrupt that is left for the caller. Runs once; one
 * thread runs it and one waits.
 */
@Experimental
public final class OffloadedStep implements Runnable {

  /** What is run. */
  @FunctionalInterface
  public interface Work {

    /**
     * Runs on the other thread.
     *
     * @return the result
     * @throws Throwable what the caller is to see
     */
    @Nullable Object run() throws Throwable;
  }

  /** How it ended: by itself, or given up while it may still run. */
  private record Outcome(@Nullable Object value, @Nullable Throwable failure, boolean givenUp) {}

  private final Work work;
  private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

  /** The thread that runs it, while it runs; guarded by this. */
  private @Nullable Thread worker;

  /** Whether there was an interrupt before it ran; guarded by this. */
  private boolean interruptedEarly;

  /** Whether it has run and takes no more interrupts; guarded by this. */
  private boolean ran;

  /** Whether it is interrupted for another reason than its caller's interrupt; guarded by this. */
  private boolean cancelled;

  /** Whether it left an interrupt for its caller. */
  private volatile boolean interrupted;

  /**
   * Creates a step of the present thread.
   *
   * @param work what is run
   */
  public OffloadedStep(Work work) {
    this.work = work;
  }

  @Override
  public void run() {
    Thread thread = Thread.currentThread();
    synchronized (this) {
      worker = thread;
      if (interruptedEarly) {
        thread.interrupt();
      }
    }
    Runnable restore = Threads.installLoader(loader);
    Outcome reached;
    try {
      reached = new Outcome(work.run(), null, false);
    } catch (Throwable failure) {
      reached = new Outcome(null, failure, false);
    } finally {
      restore.run();
    }
    synchronized (this) {
      worker = null;
      ran = true;
      interrupted = Thread.interrupted() && !cancelled; // the thread goes back to its pool
    }
    outcome.complete(reached);
  }

  /**
   * Interrupts the step for another reason than an interrupt of its caller, whose flag stays unset.
   */
  public synchronized void cancel() {
    cancelled = true;
    interrupt();
  }

  /** Interrupts the step; returns whether it has not ended yet. */
  private synchronized boolean interrupt() {
    if (ran) {
      return false;
    }
    if (worker == null) {
      interruptedEarly = true;
    } else {
      worker.interrupt();
    }
    return true;
  }

  /** Ends the wait with a failure, even if the step still runs. */
  void giveUp(Throwable failure) {
    outcome.complete(new Outcome(null, failure, true));
  }

  /** Waits for the end; returns the result or throws the failure. */
  @Nullable Object await() throws Throwable {
    await(Long.MAX_VALUE);
    return result();
  }

  /**
   * Waits for the end. If the step did not react to an interrupt, the current thread is interrupted
   * afterwards.
   *
   * @param nanos how long
   * @return whether it ended in time
   */
  public boolean await(long nanos) {
    long start = System.nanoTime();
    boolean interruptedHere = false;
    boolean missed = false;
    while (true) {
      try {
        long left = Math.max(0, nanos - (System.nanoTime() - start));
        Outcome reached = outcome.get(left, TimeUnit.NANOSECONDS);
        interruptIf(interrupted || missed || (interruptedHere && reached.givenUp()));
        return true;
      } catch (InterruptedException interruption) {
        interruptedHere = true;
        missed = !interrupt();
      } catch (TimeoutException late) {
        interruptIf(interruptedHere);
        return false;
      } catch (ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  private static void interruptIf(boolean left) {
    if (left) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Returns the result of a step that ended.
   *
   * @return what it returned
   * @throws Throwable what it threw
   */
  public @Nullable Object result() throws Throwable {
    Outcome reached = outcome.join();
    if (reached.failure() != null) {
      throw reached.failure();
    }
    return reached.value();
  }
}
