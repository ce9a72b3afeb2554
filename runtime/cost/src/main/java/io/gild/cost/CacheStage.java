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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Answers repeated questions from memory; concurrent callers with one question share one call.
 *
 * <p>The age of an answer is compared with the time at which the call began, so that a hit needs no
 * clock of its own. Old answers leave when they are asked for again or when the cache is full.
 */
final class CacheStage extends Stage {

  /**
   * How long a caller waits for another one's answer before it asks for itself: the two might wait
   * for each other over a lock of the application.
   */
  private static final long LONGEST_WAIT_SECONDS = 60;

  private final Cache<Object, Pending> answers;
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
    Object key = keys.of(call);
    Pending known = answers.getIfPresent(key);
    if (known != null && known.isOlderThan(ttlNanos, call.startNanos())) {
      answers.asMap().remove(key, known);
      known = null;
    }
    if (known == null) {
      Pending mine = new Pending(key, Thread.currentThread());
      known = answers.asMap().putIfAbsent(key, mine);
      if (known == null) {
        call.slot(slot, mine);
        counts.add(Counts.Event.CACHE_MISS);
        return true;
      }
    }
    return !answer(call, known);
  }

  /** Settles the call if there is, or soon will be, an answer. */
  private boolean answer(AgentCall call, Pending known) {
    if (known.written) {
      counts.add(Counts.Event.CACHE_HIT);
      call.settle(known.join());
      return true;
    }
    boolean waitsForItself = known.leader == Thread.currentThread();
    if (waits && !waitsForItself && follow(call, known)) {
      counts.add(Counts.Event.CACHE_SHARED);
      return true;
    }
    counts.add(Counts.Event.CACHE_MISS);
    return false;
  }

  private static boolean follow(AgentCall call, Pending known) {
    try {
      call.settle(known.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException failed) {
      call.threw(failed.getCause() == null ? failed : failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      call.threw(interrupted);
    } catch (TimeoutException stuck) {
      return false;
    }
    return true;
  }

  @Override
  public boolean exit(AgentCall call) {
    Pending mine = (Pending) call.slot(slot);
    if (mine != null) {
      Throwable failure = call.failure();
      Object answer = call.value();
      if (failure != null || answer == null) {
        answers.asMap().remove(mine.key, mine);
      }
      if (failure == null) {
        mine.write(answer, call.attemptEndNanos());
      } else {
        mine.completeExceptionally(failure);
      }
    }
    return false;
  }

  /** An answer, or one on its way; a failure or null leaves the cache before it is told. */
  private static final class Pending extends CompletableFuture<@Nullable Object> {

    private final Object key;
    private final Thread leader;
    private long writtenNanos;
    private volatile boolean written;

    Pending(Object key, Thread leader) {
      this.key = key;
      this.leader = leader;
    }

    void write(@Nullable Object answer, long nanos) {
      writtenNanos = nanos;
      complete(answer);
      written = true;
    }

    boolean isOlderThan(long nanos, long now) {
      return written && now - writtenNanos > nanos;
    }
  }
}
