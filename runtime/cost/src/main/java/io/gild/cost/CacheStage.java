package io.gild.cost;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gild.config.Durations;
import io.gild.core.AgentCall;
import io.gild.core.CallDecision;
import io.gild.core.CostSaved;
import io.gild.core.Counts;
import io.gild.core.Invalidations;
import io.gild.core.MethodSpec;
import io.gild.core.ResultShape;
import io.gild.core.spi.Control;
import io.gild.core.spi.Controllable;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.cost.SemanticAnswers.Kept;
import io.gild.semantic.SemanticStatistics;
import io.gild.semantic.SemanticVerdict;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers repeated questions from memory; concurrent callers with one question share one call.
 *
 * <p>Only the callers that waited for it share a failure; if the leader, the caller that makes the
 * call for them all, was interrupted, another one of them makes the call.
 *
 * <p>Each caller gets a {@linkplain Copies copy} of the parts that it could change for the others.
 *
 * <p>Pending answers are kept apart from those in the cache, which would evict them. The age of an
 * answer is compared with the time at which the call began, so that a hit does not read the clock.
 * Old answers are removed when they are requested again or when the cache is full.
 */
final class CacheStage extends Stage
    implements Controllable, Invalidations.Listener, Caches.Member {

  /**
   * How long a caller waits for another one's answer before it makes its own call: the two might
   * wait for each other because of a lock of the application.
   */
  private static final long LONGEST_WAIT_SECONDS = 60;

  private static final int DEEPEST_CAUSE = 8;

  private final AnswerWeights weights;
  private final Cache<Object, Answer> answers;
  private final ConcurrentMap<Object, Answer> underWay = new ConcurrentHashMap<>();
  private final CacheKeys keys;
  private final Counts counts;
  private final CostSaved.Meter saved;
  private final CostSaved.Meter savedShared;
  private final long ttlNanos;
  private final int slot;
  private final boolean waits;
  private final boolean streams;
  private final MethodSpec spec;
  private final CachePolicy policy;
  private final @Nullable SemanticAnswers semantic;
  private final AnswerTags tags;
  private final @Nullable SharedAnswers shared;
  private final long refusalNanos;

  CacheStage(CachePolicy policy, StageContext context) {
    this.weights = new AnswerWeights(policy.maximumSize(), policy.maximumWeight());
    this.answers =
        Caffeine.newBuilder()
            .maximumWeight(weights.capacity())
            .weigher(this::weight)
            .executor(Runnable::run)
            .build();
    this.keys = new CacheKeys(policy, context.spec());
    this.counts = context.counts();
    this.spec = context.spec();
    this.policy = policy;
    this.ttlNanos = policy.ttl().toNanos();
    this.slot = context.newSlot();
    this.saved = CostSaved.meter(context, "cache");
    this.savedShared = CostSaved.meter(context, "shared");
    this.tags = AnswerTags.of(policy.tags(), context.spec());
    this.semantic = SemanticAnswers.of(policy, keys, context);
    this.shared = SharedAnswers.of(policy, keys, context);
    this.refusalNanos = Math.min(ttlNanos, policy.refusalTtl().toNanos());
    Caches.of(context.runtime()).add(this);
    if (!tags.isEmpty()) {
      Invalidations.of(context.runtime()).add(this);
    }
    ResultShape shape = ResultShape.of(context.spec().descriptor());
    this.waits = shape == ResultShape.VALUE;
    this.streams = shape == ResultShape.STREAM;
  }

  @Override
  public boolean enter(AgentCall call) {
    if (call.isFresh()) {
      return true;
    }
    Object key = keys.of(call);
    String stamp = shared == null ? null : shared.stamp(tags.of(call));
    while (true) {
      if (recall(call, key, stamp)) {
        return false;
      }
      Answer mine = new Answer(key, stamp);
      Answer other = underWay.putIfAbsent(key, mine);
      if (other == null) {
        return lead(call, mine);
      }
      switch (follow(call, other)) {
        case SETTLED:
          return false;
        case OWN_CALL:
          counts.add(Counts.Event.CACHE_MISS);
          call.recordCacheResult("miss");
          return true;
        case AGAIN:
      }
    }
  }

  @Override
  public List<Control> controls() {
    long entries = answers.estimatedSize();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("entries", entries);
    facts.put("limit", policy.maximumSize());
    facts.put("limitBytes", policy.maximumWeight());
    facts.put("hits", counts.get(Counts.Event.CACHE_HIT));
    facts.put("shared", counts.get(Counts.Event.CACHE_SHARED));
    facts.put("misses", counts.get(Counts.Event.CACHE_MISS));
    if (shared != null) {
      facts.put("storeHits", shared.hits());
    }
    if (semantic != null) {
      SemanticStatistics statistics = semantic.statistics();
      facts.put("semanticHits", statistics.hits());
      facts.put("semanticEntries", statistics.entries());
      facts.put("semanticBytes", statistics.weight());
      facts.put("wrongRateUpperBound", statistics.wrongRateUpperBound());
    }
    return List.of(
        new Control(
            "cache",
            spec.id(),
            spec.agent(),
            spec.methodName(),
            entries == 0 ? "empty" : "filled",
            entries
                + " of at most "
                + policy.maximumSize()
                + " answers, each for "
                + Durations.format(policy.ttl()),
            facts,
            List.of("clear")));
  }

  @Override
  public String operate(Control control, String action) {
    if (!action.equals("clear")) {
      throw new IllegalArgumentException(
          "a cache can only be cleared, but \"" + action + "\" was requested");
    }
    answers.invalidateAll();
    if (semantic != null) {
      semantic.clear();
    }
    boolean everywhere = shared == null || shared.clear();
    return "The cache of "
        + spec.id()
        + (everywhere
            ? " is empty."
            : " is empty in this JVM. The store of the other JVMs cannot be reached: it follows when it answers again.");
  }

  @Override
  public void dropped(Set<String> changed) {
    answers.asMap().values().removeIf(each -> !Collections.disjoint(each.tags, changed));
    if (semantic != null) {
      semantic.drop(changed);
    }
  }

  @Override
  public int removeIf(Predicate<? super CachedAnswer> unwanted) {
    int removed = 0;
    for (Answer each : answers.asMap().values()) {
      Object value = each.join();
      if (value != null
          && unwanted.test(new CachedAnswer(spec, value, each.tags))
          && answers.asMap().remove(each.key, each)) {
        removed++;
      }
    }
    if (shared != null) {
      shared.clear(); // the predicate cannot see what other JVMs have
    }
    return semantic == null ? removed : removed + semantic.removeIf(unwanted);
  }

  /** Returns whether the call still has to be made. */
  private boolean lead(AgentCall call, Answer mine) {
    // Another leader may have finished between the two lookups.
    if (recall(call, mine.key, mine.stamp)) {
      mine.complete(call.value());
      underWay.remove(mine.key, mine);
      return false;
    }
    if (shared != null && fetch(call, mine, shared)) {
      return false;
    }
    mine.verdict = semantic == null ? null : semantic.lookup(call);
    if (mine.verdict != null && repeat(call, mine, mine.verdict)) {
      return false;
    }
    counts.add(Counts.Event.CACHE_MISS);
    call.recordCacheResult("miss");
    call.slot(slot, mine);
    if (streams) {
      call.keepElements();
    }
    return true;
  }

  /** Settles the call, and those that wait for it, with the answer to another question. */
  private boolean repeat(AgentCall call, Answer mine, SemanticVerdict<Kept> verdict) {
    Kept known = verdict.answer();
    if (!verdict.isHit() || known == null) {
      return false;
    }
    counts.add(Counts.Event.CACHE_HIT);
    call.recordCacheResult("hit");
    mine.leader = null;
    mine.complete(Copies.of(known.value()));
    underWay.remove(mine.key, mine);
    call.settle(Copies.of(known.value()));
    return true;
  }

  /** Settles the call, and those that wait for it, with an answer of the shared store. */
  private boolean fetch(AgentCall call, Answer mine, SharedAnswers store) {
    mine.place = store.place(call, mine.stamp);
    if (mine.place == null) {
      return false;
    }
    Set<String> wanted = tags.of(call);
    SharedAnswers.Found found = store.find(call, mine.place, wanted);
    if (found == null) {
      return false;
    }
    mine.leader = null;
    mine.writtenNanos = call.startNanos();
    mine.ttlNanos = found.ttlNanos();
    mine.price = found.price();
    mine.tags = wanted;
    mine.place = null;
    mine.complete(found.value());
    answers.put(mine.key, mine);
    underWay.remove(mine.key, mine);
    repeat(call, mine, Map.of("store", "shared"));
    return true;
  }

  /** Settles the call if there is an answer that is fresh. */
  private boolean recall(AgentCall call, Object key, @Nullable String stamp) {
    Answer known = answers.getIfPresent(key);
    if (known == null
        || call.startNanos() - known.writtenNanos > known.ttlNanos
        || stamp != null && !stamp.equals(known.stamp)) {
      return false;
    }
    repeat(call, known, Map.of());
    return true;
  }

  private void repeat(AgentCall call, Answer known, Map<String, ?> facts) {
    counts.add(Counts.Event.CACHE_HIT);
    PaidAnswer.save(known.price, call, saved);
    call.recordCacheResult("hit");
    CallDecision.publish(call, Counts.Event.CACHE_HIT, facts);
    call.settle(Copies.of(known.join()));
  }

  /** The result of waiting for another caller's answer. */
  private enum Followed {
    /** The call has its answer, or its failure. */
    SETTLED,
    /** It must not wait, and makes its own call. */
    OWN_CALL,
    /** The other caller gave up: one of the callers has to make the call. */
    AGAIN
  }

  private Followed follow(AgentCall call, Answer other) {
    if (!waits || call.asynchronous() || other.leader == Thread.currentThread()) {
      return Followed.OWN_CALL;
    }
    try {
      call.settle(Copies.of(other.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)));
    } catch (CancellationException givenUp) {
      return Followed.AGAIN;
    } catch (ExecutionException failed) {
      call.threw(failed.getCause() == null ? failed : failed.getCause());
    } catch (TimeoutException stuck) {
      underWay.remove(other.key, other); // so that no other caller waits as long for it
      return Followed.OWN_CALL;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Followed.OWN_CALL; // the method itself handles the interrupt
    }
    counts.add(Counts.Event.CACHE_SHARED);
    PaidAnswer.save(other.price, call, savedShared);
    call.recordCacheResult("shared");
    CallDecision.publish(call, Counts.Event.CACHE_SHARED, Map.of());
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
      mine.price = PaidAnswer.of(call.facts());
      Object value = value(call);
      mine.tags = tags.of(call);
      mine.ttlNanos = Refusal.isIn(call) ? refusalNanos : ttlNanos;
      mine.complete(Copies.of(value));
      if (value != null && mine.ttlNanos > 0) {
        mine.text = AnswerWeights.textBytes(call);
        answers.put(mine.key, mine);
      }
      underWay.remove(mine.key, mine);
      share(mine);
      learn(call, mine);
      return;
    }
    // Before its callers get it, so that later callers make a new call.
    underWay.remove(mine.key, mine);
    if (gaveUp(call, failure)) {
      mine.cancel(false);
    } else {
      mine.completeExceptionally(failure);
    }
  }

  private void share(Answer mine) {
    SharedAnswers.Place place = mine.place;
    Object value = mine.join();
    mine.place = null; // the answer is kept, and must not keep its question
    if (shared != null && place != null && value != null) {
      shared.keep(place, value, mine.price, mine.ttlNanos);
    }
  }

  private int weight(Object key, Answer answer) {
    return weights.units(
        AnswerWeights.bytes(key) + AnswerWeights.bytes(answer.join()) + answer.text);
  }

  /** Returns the answer: the value, or all elements of a stream. */
  static @Nullable Object value(AgentCall call) {
    Object value = call.value();
    return value == null ? call.streamed() : value;
  }

  private void learn(AgentCall call, Answer mine) {
    SemanticVerdict<Kept> verdict = mine.verdict;
    Object value = mine.join();
    mine.verdict = null; // the answer is kept, and must not keep its neighbours
    boolean lasting = mine.ttlNanos == ttlNanos;
    if (semantic != null && verdict != null && value != null && lasting) {
      semantic.learn(call, verdict, value, mine.tags);
    }
  }

  /** Returns whether only the leader no longer needs the answer. */
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

  /** A pending or complete answer. */
  private static final class Answer extends CompletableFuture<@Nullable Object> {

    private final Object key;

    /** The thread that makes the call, while it does. */
    private volatile @Nullable Thread leader = Thread.currentThread();

    private volatile long writtenNanos;
    private volatile long ttlNanos;
    private volatile Set<String> tags = Set.of();

    private volatile @Nullable SemanticVerdict<Kept> verdict;

    private volatile @Nullable PaidAnswer price;

    /** The generations of shared answers when the call began; null if unknown. */
    private final @Nullable String stamp;

    private volatile SharedAnswers.@Nullable Place place;

    /** Bytes of the text in a library's response; not changed once the answer is in the cache. */
    private volatile long text;

    Answer(Object key, @Nullable String stamp) {
      this.key = key;
      this.stamp = stamp;
    }
  }
}
