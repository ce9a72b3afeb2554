package io.gild.cost;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.gild.core.AgentCall;
import io.gild.core.AnswerText;
import io.gild.core.CallDecision;
import io.gild.core.CostSaved;
import io.gild.core.DescribesItself;
import io.gild.core.GildLog;
import io.gild.core.MethodSpec;
import io.gild.core.spi.Embedder;
import io.gild.core.spi.MeterRecorder;
import io.gild.core.spi.StageContext;
import io.gild.cost.SemanticEvidence.Partition;
import io.gild.semantic.AnswerTexts;
import io.gild.semantic.SemanticCache;
import io.gild.semantic.SemanticSettings;
import io.gild.semantic.SemanticStatistics;
import io.gild.semantic.SemanticVerdict;
import io.gild.vectors.HashEmbedder;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The answers of a method that may be repeated to other questions. Only the prompt is compared by
 * meaning; all other arguments of the key, the model argument and the model object make up the
 * partition and must be equal.
 */
final class SemanticAnswers {

  private static final double ALIKE = 0.95;
  private static final long PARTITIONS = 10_000;
  private static final long OBJECT_WEIGHT = 1_000;

  private final SemanticCache<Kept> cache;
  private final CacheKeys parts;
  private final MethodSpec spec;
  private final int promptIndex;
  private final AtomicLong names = new AtomicLong();

  /** By what makes them up; the name of a partition that is dropped is never used again. */
  private final Cache<Object, Partition> partitions;

  private final SemanticEvidence evidence;

  private final Map<String, MeterRecorder> lookups;
  private final CostSaved.Meter saved;

  /**
   * An answer.
   *
   * @param value the answer; not changed by anyone
   * @param compared its text, or else the answer itself
   * @param tags by which it is dropped
   * @param price what it cost; null if nothing is known
   */
  record Kept(Object value, Object compared, @Nullable PaidAnswer price, Set<String> tags) {}

  private SemanticAnswers(CachePolicy policy, CacheKeys parts, StageContext context) {
    this.parts = parts;
    this.spec = context.spec();
    this.promptIndex = spec.promptIndex();
    Embedder embedder = embedder();
    this.cache =
        cache(
            embedder,
            SemanticSettings.DEFAULTS
                .withTtl(policy.ttl())
                .withMaxErrorRate(policy.maxErrorRate())
                .withExploration(policy.exploration())
                .withMaxWeight(policy.semanticMaximumWeight()),
            context);
    this.partitions =
        Caffeine.newBuilder()
            .maximumSize(PARTITIONS)
            .executor(Runnable::run)
            .removalListener(
                (@Nullable Object key, @Nullable Partition gone, RemovalCause cause) -> {
                  if (gone != null) {
                    end(gone);
                  }
                })
            .build();
    SemanticMemory memory = SemanticMemory.of(context.runtime());
    this.evidence = new SemanticEvidence(memory.files(), cache, spec, embedder.name());
    this.saved = CostSaved.meter(context, "semantic");
    this.lookups = new LinkedHashMap<>();
    for (String result : new String[] {"hit", "explored", "miss"}) {
      lookups.put(result, context.recorder(CostMeter.SEMANTIC.spec(), result));
    }
    double allowed = policy.maxErrorRate();
    context.publish(CostMeter.WRONG.spec(), this, SemanticAnswers::wrongRate, "estimate");
    context.publish(
        CostMeter.WRONG.spec(), this, each -> each.statistics().wrongRateLowerBound(), "lower");
    context.publish(
        CostMeter.WRONG.spec(), this, each -> each.statistics().wrongRateUpperBound(), "upper");
    context.publish(CostMeter.WRONG.spec(), this, each -> allowed, "allowed");
  }

  /** Returns {@code null} if the policy is exact, or the method has no text to compare. */
  static @Nullable SemanticAnswers of(CachePolicy policy, CacheKeys keys, StageContext context) {
    if (!policy.semantic()) {
      return null;
    }
    MethodSpec spec = context.spec();
    CacheKeys parts = keys.withoutPrompt(spec);
    if (parts == null) {
      GildLog.infoOnce(
          "The semantic cache of %s has no effect: it needs a text that is the prompt and part of the key. Mark the text with @Prompt."
              .formatted(spec.id()));
      return null;
    }
    SemanticAnswers answers = new SemanticAnswers(policy, parts, context);
    SemanticMemory.of(context.runtime()).add(answers);
    return answers;
  }

  private void end(Partition gone) {
    cache.removePartition(gone.name());
    evidence.end(gone);
  }

  /** Saves what was learned; returns whether anything was. */
  boolean save() throws IOException {
    return evidence.save();
  }

  private static SemanticCache<Kept> cache(
      Embedder embedder, SemanticSettings settings, StageContext context) {
    var equality = AnswerTexts.same().or(AnswerTexts.alike(embedder, ALIKE));
    return SemanticCache.<Kept>builder(embedder)
        .settings(settings)
        .clock(context.runtime().clock())
        .equality((one, other) -> equality.equal(one.compared(), other.compared()))
        .weigher(kept ->
            kept.compared() instanceof CharSequence text ? 2L * text.length() : OBJECT_WEIGHT)
        .build();
  }

  private static Embedder embedder() {
    return ServiceLoader.load(Embedder.class, SemanticAnswers.class.getClassLoader())
        .findFirst()
        .orElseGet(HashEmbedder::new);
  }

  private double wrongRate() {
    double rate = cache.statistics().wrongRate();
    return Double.isNaN(rate) ? 0 : rate;
  }

  SemanticStatistics statistics() {
    return cache.statistics();
  }

  /** Drops the answers that have one of some tags. */
  void drop(Set<String> changed) {
    cache.removeIf(each -> !Collections.disjoint(each.tags(), changed));
  }

  /** Drops the answers that a predicate accepts; returns how many there were. */
  int removeIf(Predicate<? super CachedAnswer> unwanted) {
    return cache.removeIf(each -> unwanted.test(new CachedAnswer(spec, each.value(), each.tags())));
  }

  void clear() {
    partitions.invalidateAll();
    cache.clear();
    evidence.clear();
  }

  /** Returns what to do about a call; {@code null} if its prompt cannot be compared. */
  @Nullable SemanticVerdict<Kept> lookup(AgentCall call) {
    if (!(call.argument(promptIndex) instanceof CharSequence prompt)) {
      return null;
    }
    try {
      Partition partition =
          partitions.get(
              partition(call, prompt.toString()),
              key ->
                  evidence.begin(
                      Long.toString(names.incrementAndGet()), StableParts.of(key, call.self())));
      SemanticVerdict<Kept> verdict = cache.lookup(partition.name(), prompt.toString());
      partition.requested();
      count(call, verdict);
      return verdict;
    } catch (RuntimeException broken) { // such as an embedder's; the call must go on
      GildLog.faultOnce("The semantic cache of " + spec.id(), broken);
      return null;
    }
  }

  /**
   * Returns everything that changes the answer except the prompt. Of the request of a library, the
   * last user message is compared, which has the text of the prompt; its system message, earlier
   * messages, tools and parameters must be equal.
   */
  private Object partition(AgentCall call, String prompt) {
    @Nullable Object[] arguments = call.arguments();
    if (arguments.length > 0
        && arguments[arguments.length - 1] instanceof DescribesItself request) {
      String rest = RequestRest.of(request.content(), prompt);
      return rest == null
          ? parts.of(call)
          : parts.of(call, spec.indexOf(MethodSpec.Role.MODEL), rest);
    }
    return parts.of(call);
  }

  private void count(AgentCall call, SemanticVerdict<Kept> verdict) {
    String result =
        switch (verdict.kind()) {
          case HIT -> "hit";
          case EXPLORE -> "explored";
          case MISS -> "miss";
        };
    MeterRecorder recorder = lookups.get(result);
    if (recorder != null) {
      recorder.record(1);
    }
    if (verdict.isHit() && verdict.answer() != null) {
      PaidAnswer.save(verdict.answer().price(), call, saved);
    }
    if (CallDecision.isWanted(call)) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("similarity", verdict.similarity());
      facts.put("probability", verdict.probability());
      facts.put("threshold", verdict.threshold());
      if (verdict.veto() != null) {
        facts.put("veto", verdict.veto());
      }
      CallDecision.publish(call, "semantic_" + result, facts);
    }
  }

  /** Learns an answer that was not a hit. */
  void learn(AgentCall call, SemanticVerdict<Kept> verdict, Object copy, Set<String> tags) {
    try {
      String text = AnswerText.of(call);
      Object compared = text == null ? copy : text;
      cache.learn(verdict, new Kept(copy, compared, PaidAnswer.of(call.facts()), tags));
    } catch (RuntimeException broken) { // such as an embedder's; the caller gets its answer
      GildLog.faultOnce("The semantic cache of " + spec.id(), broken);
    }
  }
}
