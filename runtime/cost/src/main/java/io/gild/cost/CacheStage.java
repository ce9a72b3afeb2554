package io.gild.cost;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gild.config.CachePolicy;
import io.gild.core.AgentCall;
import io.gild.core.Counts;
import io.gild.core.ResultShape;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Answers repeated questions from memory; concurrent callers with one question share one call.
 *
 * <p>The age of an answer is compared with the time at which the call began, so that a hit needs no
 * clock of its own. Old answers leave when they are asked for again or when the cache is full.
 */
final class CacheStage extends Stage {

  private final AsyncCache<Object, Object> answers;
  private final CacheKeys keys;
  private final Counts counts;
  private final long ttlNanos;
  private final int slot;
  private final boolean waits;

  CacheStage(CachePolicy policy, StageContext context) {
    this.answers =
        Caffeine.newBuilder()
            .maximumSize(policy.maximumSize())
            .executor(Runnable::run)
            .buildAsync();
    this.keys = new CacheKeys(policy, context.spec());
    this.counts = context.counts();
    this.ttlNanos = policy.ttl().toNanos();
    this.slot = context.newSlot();
    this.waits = ResultShape.of(context.spec().descriptor()) == ResultShape.VALUE;
  }

  @Override
  public boolean enter(AgentCall call) {
    Object key = keys.of(call);
    CompletableFuture<Object> known = answers.getIfPresent(key);
    if (known == null) {
      Pending mine = new Pending(Thread.currentThread());
      known = answers.asMap().putIfAbsent(key, mine);
      if (known == null) {
        call.slot(slot, mine);
        counts.add(Counts.Event.CACHE_MISS);
        return true;
      }
    }
    return !answer(call, key, (Pending) known);
  }

  /** Settles the call if there is, or soon will be, an answer that is fresh. */
  private boolean answer(AgentCall call, Object key, Pending known) {
    if (known.isDone() && !known.isCompletedExceptionally()) {
      if (call.startNanos() - known.writtenNanos <= ttlNanos) {
        counts.add(Counts.Event.CACHE_HIT);
        call.settle(known.join());
        return true;
      }
      answers.asMap().remove(key, known);
      lead(call, key);
      return false;
    }
    if (!waits || known.leader == Thread.currentThread()) {
      counts.add(Counts.Event.CACHE_MISS);
      return false;
    }
    return follow(call, known);
  }

  private void lead(AgentCall call, Object key) {
    counts.add(Counts.Event.CACHE_MISS);
    Pending mine = new Pending(Thread.currentThread());
    if (answers.asMap().putIfAbsent(key, mine) == null) {
      call.slot(slot, mine);
    }
  }

  private boolean follow(AgentCall call, Pending known) {
    try {
      call.settle(known.get());
    } catch (ExecutionException failed) {
      call.threw(failed.getCause() == null ? failed : failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      call.threw(interrupted);
    }
    counts.add(Counts.Event.CACHE_SHARED);
    return true;
  }

  @Override
  public boolean exit(AgentCall call) {
    Pending mine = (Pending) call.slot(slot);
    if (mine != null) {
      Throwable failure = call.failure();
      if (failure == null) {
        mine.writtenNanos = call.attemptEndNanos();
        mine.complete(call.value());
      } else {
        mine.completeExceptionally(failure);
      }
    }
    return false;
  }

  /** An answer on its way; one that fails or is null leaves the cache by itself. */
  private static final class Pending extends CompletableFuture<Object> {

    private final Thread leader;
    private volatile long writtenNanos;

    Pending(Thread leader) {
      this.leader = leader;
    }
  }
}
