package io.gild.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Something done on a thread of Gild's while another waits for it, with that thread's context class
 * loader. An interrupt of the waiting thread is one of what is done.
 */
final class Errand {

  /** How it ended: by itself, or given up while it may still go on. */
  private record Outcome(@Nullable Object value, @Nullable Throwable failure, boolean givenUp) {}

  private final Body part;
  private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

  /** Who does it, while it is done; guarded by this. */
  private @Nullable Thread worker;

  /** Whether there was an interrupt before anybody did it; guarded by this. */
  private boolean interruptedEarly;

  /** Whether the interrupt is not the waiting thread's, which gets none back; guarded by this. */
  private boolean cancelled;

  /** Whether it was done, and hears nothing more; guarded by this. */
  private boolean done;

  /** Whether an interrupt was left unheard. */
  private volatile boolean interrupted;

  Errand(Body part) {
    this.part = part;
  }

  /** Returns what another thread is to run, as a part of the call and in the present context. */
  Runnable in(AgentCall call) {
    return CallContext.capture().wrap(() -> run(call));
  }

  private void run(AgentCall call) {
    Thread thread = Thread.currentThread();
    ClassLoader own = thread.getContextClassLoader();
    synchronized (this) {
      worker = thread;
      if (interruptedEarly) {
        thread.interrupt();
      }
    }
    thread.setContextClassLoader(loader);
    Outcome reached;
    try {
      reached = new Outcome(part.run(call.arguments()), null, false);
    } catch (Throwable failure) {
      reached = new Outcome(null, failure, false);
    } finally {
      thread.setContextClassLoader(own);
    }
    synchronized (this) {
      worker = null;
      done = true;
      interrupted = Thread.interrupted() && !cancelled;
    }
    outcome.complete(reached);
  }

  /** Interrupts what is done, for a reason that is not the waiting thread's. */
  synchronized void cancel() {
    cancelled = true;
    interrupt();
  }

  /** Interrupts what is done; returns whether it may hear of it. */
  private synchronized boolean interrupt() {
    if (done) {
      return false;
    }
    if (worker == null) {
      interruptedEarly = true;
    } else {
      worker.interrupt();
    }
    return true;
  }

  /** Lets the waiting thread go on with a failure, whatever comes of this. */
  void giveUp(Throwable failure) {
    outcome.complete(new Outcome(null, failure, true));
  }

  /** Waits for the end; throws what was thrown. */
  @Nullable Object await() throws Throwable {
    boolean asked = false;
    boolean unheard = false;
    while (true) {
      try {
        Outcome reached = outcome.get();
        if (interrupted || unheard || (asked && reached.givenUp())) {
          Thread.currentThread().interrupt();
        }
        if (reached.failure() != null) {
          throw reached.failure();
        }
        return reached.value();
      } catch (InterruptedException interruption) {
        asked = true;
        unheard = !interrupt();
      } catch (ExecutionException impossible) {
        throw impossible;
      }
    }
  }
}
