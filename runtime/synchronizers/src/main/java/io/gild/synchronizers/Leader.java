package io.gild.synchronizers;

import io.gild.config.Experimental;
import io.gild.core.GildLog;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A candidate in an election: at most one is the leader, under a lease. Candidates become leader in
 * the order in which they joined; one that loses its leadership joins again. Thread-safe.
 */
@Experimental
public final class Leader implements AutoCloseable {

  private static final Duration FOREVER = Duration.ofDays(36_500);

  private final SharedSemaphore election;
  private final LeaderListener listener;
  private final LeaseThreads threads;
  private final Duration retry;
  private final Executor notifications;
  private @Nullable CompletableFuture<Permit> candidacy;
  private @Nullable Permit leadership;
  private boolean closed;

  Leader(SharedSemaphore election, LeaderListener listener, LeaseThreads threads, Duration retry) {
    this.election = election;
    this.listener = listener;
    this.threads = threads;
    this.retry = retry;
    this.notifications = threads.inOrder();
  }

  synchronized void join() {
    if (!closed) {
      candidacy = election.acquireAsync(FOREVER);
      candidacy.whenComplete(this::elected);
    }
  }

  private void elected(@Nullable Permit permit, @Nullable Throwable failure) {
    if (permit != null) {
      lead(permit);
    } else if (failure instanceof SynchronizerException) {
      GildLog.infoOnce("A candidate of %s waits: %s".formatted(election, failure.getMessage()));
      threads.runAfter(Times.nanos(retry), this::join);
    }
  }

  private void lead(Permit permit) {
    synchronized (this) {
      if (!closed) {
        leadership = permit;
        notify(() -> listener.onElected(permit.token()));
        permit.onLost(() -> lost(permit));
        return;
      }
    }
    permit.close();
  }

  private void lost(Permit permit) {
    if (stepDown(permit)) {
      join();
    }
  }

  private synchronized boolean stepDown(Permit permit) {
    if (leadership != permit) {
      return false;
    }
    leadership = null;
    notify(listener::onLost);
    return true;
  }

  private void notify(Runnable call) {
    notifications.execute(() -> {
      try {
        call.run();
      } catch (RuntimeException fault) {
        GildLog.faultOnce("The listener to the election " + election, fault);
      }
    });
  }

  /**
   * Returns whether this candidate is the leader, as far as this process can know.
   *
   * @return {@code false} as soon as its lease may have ended
   */
  public boolean isLeader() {
    return token().isPresent();
  }

  /**
   * Returns the fencing token of the leadership.
   *
   * @return the token; empty if this candidate is not the leader
   */
  public synchronized OptionalLong token() {
    return leadership != null && leadership.isHeld()
        ? OptionalLong.of(leadership.token())
        : OptionalLong.empty();
  }

  /** Ends the leadership, if there is one, and joins again behind the other candidates. */
  public void resign() {
    Permit mine;
    synchronized (this) {
      mine = leadership;
    }
    if (mine != null && stepDown(mine)) {
      mine.close();
      join();
    }
  }

  /** Ends the leadership, if there is one, and leaves the election. */
  @Override
  public void close() {
    Permit mine;
    CompletableFuture<Permit> waiting;
    synchronized (this) {
      closed = true;
      mine = leadership;
      waiting = candidacy;
    }
    if (mine != null && stepDown(mine)) {
      mine.close();
    }
    if (waiting != null) {
      waiting.cancel(false);
    }
  }

  @Override
  public String toString() {
    return election.toString();
  }
}
