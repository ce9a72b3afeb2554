package io.gild.cost;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gild.config.CachePolicy;
import io.gild.core.AgentCall;
import io.gild.core.Counts;
import io.gild.core.ResultShape;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
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
    if (recall(call, key)) {
      return false;
    }
    Answer mine = new Answer(key);
    Answer other = underWay.putIfAbsent(key, mine);
    if (other != null) {
      return !follow(call, other);
    }
    // Its leader may have finished between the two lookups.
    if (recall(call, key)) {
      mine.complete(call.value());
      underWay.remove(key, mine);
      return false;
    }
    counts.add(Counts.Event.CACHE_MISS);
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
    call.settle(known.join());
    return true;
  }

  /** Settles the call with another's answer; false if it must not wait for that. */
  private boolean follow(AgentCall call, Answer other) {
    if (!waits || call.asynchronous() || other.leader == Thread.currentThread()) {
      counts.add(Counts.Event.CACHE_MISS);
      return false;
    }
    try {
      call.settle(other.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException failed) {
      call.threw(failed.getCause() == null ? failed : failed.getCause());
    } catch (TimeoutException stuck) {
      counts.add(Counts.Event.CACHE_MISS);
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      call.threw(interrupted);
    }
    counts.add(Counts.Event.CACHE_SHARED);
    return true;
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
    Object value = call.value();
    mine.leader = null;
    if (failure != null) {
      mine.completeExceptionally(failure);
    } else {
      mine.writtenNanos = call.attemptEndNanos();
      mine.complete(value);
      if (value != null) {
        answers.put(mine.key, mine);
      }
    }
    underWay.remove(mine.key, mine);
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
