package io.gild.reliability;

import io.gild.core.AgentCall;
import io.gild.core.Body;
import io.gild.core.RunningAttempt;
import io.gild.core.spi.ContextCarrier;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt on another thread, for which its caller waits for a time, with the caller's ambient
 * context and context class loader.
 *
 * <p>An interrupt of the caller is one of the attempt: what becomes of it is what the method makes
 * of it, a failure of its own, an answer, or an interrupt that is left for the caller.
 */
final class BoundedRun implements Runnable {

  private record Outcome(@Nullable Object value, @Nullable Throwable failure) {}

  private final AgentCall call;
  private final Body body;
  private final ContextCarrier.Captured ambient;
  private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

  /** Runs the attempt, while it runs; guarded by this. */
  private @Nullable Thread worker;

  /** Whether there was an interrupt before the attempt ran; guarded by this. */
  private boolean interruptedEarly;

  /** Whether the attempt has run, and hears nothing more; guarded by this. */
  private boolean ran;

  /** What others keep of this. */
  private final RunningAttempt attempt = RunningAttempt.begin();

  /** Whether the attempt left an interrupt to its caller. */
  private volatile boolean interrupted;

  BoundedRun(AgentCall call, Body body) {
    this.call = call;
    this.body = body;
    this.ambient = call.method().runtime().captureContext();
  }

  @Override
  public void run() {
    Thread thread = Thread.currentThread();
    ClassLoader own = thread.getContextClassLoader();
    synchronized (this) {
      worker = thread;
      if (interruptedEarly) {
        thread.interrupt();
      }
    }
    thread.setContextClassLoader(loader);
    Runnable remove = ambient.install();
    Outcome reached;
    try {
      reached = new Outcome(call.inThisCall(body, attempt), null);
    } catch (Throwable failure) {
      reached = new Outcome(null, failure);
    } finally {
      remove.run();
      thread.setContextClassLoader(own);
    }
    synchronized (this) {
      worker = null;
      ran = true;
      interrupted = Thread.interrupted(); // the thread goes back to its pool
    }
    outcome.complete(reached);
  }

  /** Interrupts the attempt and ends the requests that it waits for. */
  void cancel() {
    attempt.release();
    interrupt();
  }

  /** Interrupts the attempt; returns whether it may hear of it. */
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

  /**
   * Waits for the attempt.
   *
   * @param nanos how long
   * @return what the method returned
   * @throws TimeoutException if the time is up; an interrupt that no one heard is the caller's
   *     again
   * @throws Throwable what the method threw
   */
  @Nullable Object await(long nanos) throws Throwable {
    long deadline = System.nanoTime() + nanos;
    boolean asked = false;
    boolean unheard = false;
    while (true) {
      try {
        long left = Math.max(0, deadline - System.nanoTime());
        Outcome reached = outcome.get(left, TimeUnit.NANOSECONDS);
        if (interrupted || unheard) {
          Thread.currentThread().interrupt();
        }
        if (reached.failure() != null) {
          throw reached.failure();
        }
        return reached.value();
      } catch (InterruptedException interruption) {
        asked = true;
        unheard = !interrupt();
      } catch (TimeoutException late) {
        attempt.abandon();
        if (asked) {
          Thread.currentThread().interrupt();
        }
        throw late;
      } catch (ExecutionException impossible) {
        throw impossible;
      }
    }
  }
}
