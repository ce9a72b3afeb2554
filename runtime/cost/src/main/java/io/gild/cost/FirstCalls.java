package io.gild.cost;

import io.gild.core.AgentCall;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Lets one of the first calls of a method run before the others, because nothing is known of what
 * they cost: a burst of them would spend a budget many times over. At most three calls are waited
 * for, and ten seconds, so that calls that wait for each other go on. Thread-safe.
 */
final class FirstCalls {

  private static final int MOST = 3;
  private static final long LONGEST_WAIT_SECONDS = 10;

  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicReference<@Nullable Turn> running = new AtomicReference<>();

  /** The call that runs before the others. */
  static final class Turn extends CompletableFuture<Void> {

    private final long call;

    Turn(long call) {
      this.call = call;
    }
  }

  /** Returns whether calls no longer wait for each other. */
  boolean areOver() {
    return begun.get() >= MOST && running.get() == null;
  }

  /**
   * Waits for the call that runs before the others, or makes this call the one.
   *
   * @return whether this call may run; {@code false} if another one has ended, which may have shown
   *     what calls cost
   */
  boolean enter(AgentCall call) {
    Turn mine = new Turn(call.number());
    Turn other = running.compareAndExchange(null, mine);
    if (other == null) {
      if (begun.incrementAndGet() > MOST) {
        exit(call);
      }
      return true;
    }
    if (isInside(call, other)) {
      return true;
    }
    try {
      other.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt(); // the method itself handles the interrupt
      return true;
    } catch (ExecutionException | TimeoutException stuck) {
      begun.set(MOST);
      running.compareAndSet(other, null);
      return true;
    }
  }

  private static boolean isInside(AgentCall call, Turn turn) {
    for (AgentCall each = call.parent(); each != null; each = each.parent()) {
      if (each.number() == turn.call) {
        return true;
      }
    }
    return false;
  }

  /** Lets the others run, if the call was the one that they wait for. */
  void exit(AgentCall call) {
    Turn turn = running.get();
    if (turn != null && turn.call == call.number() && running.compareAndSet(turn, null)) {
      turn.complete(null);
    }
  }
}
