package io.gild.orchestration;

import io.gild.a2a.A2aMessage;
import io.gild.coordination.Delivery;
import io.gild.coordination.Intent;
import io.gild.core.CallProbe;
import io.gild.core.WorkProbe;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The work on an award, on a thread of its own. Thread-safe. */
final class RunningAward {

  private final Thread thread;
  private CallProbe.Seen seen = CallProbe.Seen.NOTHING;
  private @Nullable A2aMessage result;
  private @Nullable Throwable failure;
  private boolean ended;
  private boolean canceled;

  /** Creates it; the thread is the one that calls all methods but {@link #cancel}. */
  RunningAward(Thread thread) {
    this.thread = thread;
  }

  void run(Callable<A2aMessage> work, String peer) {
    try {
      result =
          WorkProbe.run(
              peer,
              false,
              null,
              each -> seen = each,
              () -> Objects.requireNonNull(work.call(), "the work of a peer returned null"));
    } catch (Throwable failed) { // an Error, too, must reach the side that waits
      failure = failed;
    }
    end();
  }

  synchronized void cancel() {
    if (!ended) {
      canceled = true;
      thread.interrupt();
    }
  }

  /** Ends the work; the interrupt of a cancellation does not stay on the thread. */
  private synchronized void end() {
    ended = true;
    if (canceled) {
      Thread.interrupted();
    }
  }

  /**
   * Replies with the result, or why there is none.
   *
   * @throws InterruptedException if the end of the JVM interrupted the work, which is to be done
   *     again
   */
  void answer(Delivery delivery) throws InterruptedException {
    A2aMessage done = result;
    if (done != null) {
      delivery.reply(Intent.RESULT, PeerMessages.withUsage(done, seen));
    } else if (failure instanceof InterruptedException interrupted && !isCanceled()) {
      throw interrupted;
    } else {
      A2aMessage reason = A2aMessage.ofAgent(String.valueOf(failure));
      delivery.reply(Intent.ERROR, PeerMessages.withUsage(reason, seen));
    }
  }

  private synchronized boolean isCanceled() {
    return canceled;
  }
}
