package io.gild.cost;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gild.core.AgentCall;
import io.gild.core.Counts;
import io.gild.core.ResultShape;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Answers repeated questions from memory; concurrent callers with one question share one call.
 *
 * <p>A failure is shared by those who waited for it alone; if the caller that asked for them all
 * was interrupted, another one of them asks.
 *
 * <p>Each caller has a {@linkplain Copies copy} of what it could change for the others.
 *
 * <p>Answers on their way wait apart from those in the cache, which would evict them. The age of an
 * answer is compared with the time at which the call began, so that a hit needs no clock of its
 * own. Old answers leave when they are asked for again or when the cache is full.
 */
final class CacheStage extends Stage {

  /**
   * How long a caller waits for another one's answer before it asks for itself: the two might wait
   * for each other over a lock of the application.
   */
  private static final long LONGEST_WAIT_SECONDS = 60;

  private static final int DEEPEST_CAUSE = 8;

  private final Cache<Object, Answer> answers;
  private final ConcurrentMap<Object, Answer> underWay = new ConcurrentHashMap<>();
  private final CacheKeys keys;
  private final Counts counts;
  private final long ttlNanos;
  private final int slot;
  private final boolean waits;

  CacheStage(CachePolicy policy, StageContext context) {
    this.answers =
        Caffeine.newBuilder().maximumSize(policy.maximumSize()).executor(Runnable::run).build();
    this.keys = new CacheKeys(policy, context.spec());
    this.counts = context.counts();
    this.ttlNanos = policy.ttl().toNanos();
    this.slot = context.newSlot();
    this.waits = ResultShape.of(context.spec().descriptor()) == ResultShape.VALUE;
  }

  @Override
  public boolean enter(AgentCall call) {
    if (call.isFresh()) {
      return true;
    }
    Object key = keys.of(call);
    while (true) {
      if (recall(call, key)) {
        return false;
      }
      Answer mine = new Answer(key);
      Answer other = underWay.putIfAbsent(key, mine);
      if (other == null) {
        return lead(call, mine);
      }
      switch (follow(call, other)) {
        case SETTLED:
          return false;
        case APART:
          counts.add(Counts.Event.CACHE_MISS);
          call.recordCacheResult("miss");
          return true;
        case AGAIN:
      }
    }
  }

  /** Returns whether the call has to be made, after all. */
  private boolean lead(AgentCall call, Answer mine) {
    // Another leader may have finished between the two lookups.
    if (recall(call, mine.key)) {
      mine.complete(call.value());
      underWay.remove(mine.key, mine);
      return false;
    }
    counts.add(Counts.Event.CACHE_MISS);
    call.recordCacheResult("miss");
    call.slot(slot, mine);
    return true;
  }

  /** Settles the call if there is an answer that is fresh. */
  private boolean recall(AgentCall call, Object key) {
    Answer known = answers.getIfPresent(key);
    if (known == null || call.startNanos() - known.writtenNanos > ttlNanos) {
      return false;
    }
    counts.add(Counts.Event.CACHE_HIT);
    call.recordCacheResult("hit");
    call.settle(Copies.of(known.join()));
    return true;
  }

  /** What came of waiting for another's answer. */
  private enum Followed {
    /** The call has its answer, or its failure. */
    SETTLED,
    /** It must not wait, and asks for itself. */
    APART,
    /** The other gave up: somebody has to ask, once. */
    AGAIN
  }

  private Followed follow(AgentCall call, Answer other) {
    if (!waits || call.asynchronous() || other.leader == Thread.currentThread()) {
      return Followed.APART;
    }
    try {
      call.settle(Copies.of(other.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)));
    } catch (CancellationException givenUp) {
      return Followed.AGAIN;
    } catch (ExecutionException failed) {
      call.threw(failed.getCause() == null ? failed : failed.getCause());
    } catch (TimeoutException stuck) {
      underWay.remove(other.key, other); // no other caller shall wait as long for it
      return Followed.APART;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Followed.APART; // what becomes of an interrupt is the method's own affair
    }
    counts.add(Counts.Event.CACHE_SHARED);
    call.recordCacheResult("shared");
    return Followed.SETTLED;
  }

  @Override
  public boolean exit(AgentCall call) {
    Answer mine = (Answer) call.slot(slot);
    if (mine != null) {
      finish(mine, call);
    }
    return false;
  }

  private void finish(Answer mine, AgentCall call) {
    Throwable failure = call.failure();
    mine.leader = null;
    if (failure == null) {
      mine.writtenNanos = call.attemptEndNanos();
      mine.complete(Copies.of(call.value()));
      if (call.value() != null) {
        answers.put(mine.key, mine);
      }
      underWay.remove(mine.key, mine);
      return;
    }
    // Before its callers get it, so that later callers ask anew.
    underWay.remove(mine.key, mine);
    if (gaveUp(call, failure)) {
      mine.cancel(false);
    } else {
      mine.completeExceptionally(failure);
    }
  }

  /** Returns whether it is the leader alone that does not want the answer any more. */
  private static boolean gaveUp(AgentCall call, Throwable failure) {
    if (call.cancelled() || Thread.currentThread().isInterrupted()) {
      return true;
    }
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      if (cause instanceof InterruptedException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** An answer on its way or there. */
  private static final class Answer extends CompletableFuture<@Nullable Object> {

    private final Object key;

    /** The thread that asks, while it does. */
    private volatile @Nullable Thread leader = Thread.currentThread();

    private volatile long writtenNanos;

    Answer(Object key) {
      this.key = key;
    }
  }
}
