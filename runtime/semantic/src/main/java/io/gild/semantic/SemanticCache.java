package io.gild.semantic;

import io.gild.config.Experimental;
import io.gild.core.spi.Clock;
import io.gild.core.spi.Embedder;
import io.gild.semantic.SemanticVerdict.Inquiry;
import io.gild.vectors.FlatVectorIndex;
import io.gild.vectors.MetadataFilter;
import io.gild.vectors.VectorMatch;
import io.gild.vectors.VectorSpace;
import io.gild.vectors.spi.VectorIndex;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Repeats the answer of an earlier question to a new one that means the same.
 *
 * <p>No similarity is assumed to be enough. Every answer of the model shows whether the answer of
 * the nearest earlier question would have been right; a regression learns from that, and answers
 * are repeated only from a probability on at which, of all requests of a partition, at most {@link
 * SemanticSettings#maxErrorRate} are answered wrongly. Without evidence, there is no hit.
 *
 * <pre>{@code
 * SemanticVerdict<String> verdict = cache.lookup(partition, question);
 * if (verdict.isHit()) {
 *   return verdict.answer();
 * }
 * String answer = model.chat(question);
 * cache.learn(verdict, answer);
 * }</pre>
 *
 * <p>A partition is everything that changes an answer except the question: tenant, model,
 * instructions, tools, earlier messages. No answer leaves its partition. Entries and labels are
 * bounded by their weight; the least recently used ones are dropped. Thread-safe.
 *
 * @param <V> type of the answers; they are kept as they are, so they must not change
 */
@Experimental
public final class SemanticCache<V> implements AutoCloseable {

  private static final int NEIGHBOURS = 10;
  private static final long ENTRY_WEIGHT = 400;

  private final SemanticSettings settings;
  private final Embedder embedder;
  private final AnswerEquality<? super V> equality;
  private final ToLongFunction<? super V> weigher;
  private final Clock clock;
  private final @Nullable VectorIndex given;
  private final PartitionTable<V> partitions;
  private volatile @Nullable VectorIndex index;

  private SemanticCache(Builder<V> builder) {
    this.settings = builder.settings;
    this.embedder = builder.embedder;
    this.equality = builder.equality;
    this.weigher = builder.weigher;
    this.clock = builder.clock;
    this.given = builder.index;
    this.index = builder.index;
    ThresholdFit fit = new ThresholdFit(settings.maxErrorRate(), settings.exploration());
    CacheTotals totals = new CacheTotals();
    this.partitions =
        new PartitionTable<>(
            settings.maxWeight(),
            totals,
            name ->
                new SemanticPartition<>(
                    name,
                    settings,
                    new Calibrator(fit, builder.executor),
                    index(0),
                    builder.random,
                    totals));
  }

  /**
   * Returns a builder.
   *
   * @param embedder the model of all vectors
   * @param <V> type of the answers
   * @return a builder with the default settings
   */
  public static <V> Builder<V> builder(Embedder embedder) {
    return new Builder<>(embedder);
  }

  /**
   * Looks for an answer that may be repeated.
   *
   * @param partition everything else that changes the answer, such as a digest of it
   * @param text the question
   * @return the decision; {@link #learn} the model's answer if it is not a hit
   */
  public SemanticVerdict<V> lookup(String partition, String text) {
    ComparedQuestion question = ComparedQuestion.of(text, settings.maxQuestionLength());
    if (question == null) {
      return SemanticVerdict.incomparable("not comparable");
    }
    float[] vector = UnitVectors.of(embedder, question.text());
    if (vector.length == 0) {
      return SemanticVerdict.incomparable("no direction");
    }
    VectorIndex vectors = index(vector.length);
    if (vectors.space().dimensions() != vector.length) {
      return SemanticVerdict.incomparable("other dimensions");
    }
    List<VectorMatch> matches =
        vectors.nearest(partition, vector, NEIGHBOURS, MetadataFilter.none());
    return partitions.of(partition).judge(question, vector, matches, clock.nanoTime());
  }

  /** Creates the index with the first vector, because only that shows how long vectors are. */
  private VectorIndex index(int dimensions) {
    VectorIndex present = index;
    if (present != null) {
      return present;
    }
    synchronized (this) {
      if (index == null) {
        index = new FlatVectorIndex(new VectorSpace(embedder.name(), dimensions));
      }
      return index;
    }
  }

  /**
   * Learns the model's answer to a question that was not a hit: whether an earlier answer would
   * have been right, and the answer itself for later questions. Failures and partial answers must
   * not be learned.
   *
   * @param verdict what {@link #lookup} returned; learned once
   * @param answer the model's answer
   */
  public void learn(SemanticVerdict<V> verdict, V answer) {
    Inquiry<V> inquiry = verdict.inquiry();
    if (inquiry == null || verdict.isHit()) {
      return;
    }
    boolean[] equal = equalNeighbours(inquiry, answer);
    long size =
        ENTRY_WEIGHT
            + inquiry.question().weight()
            + FlatVectorIndex.bytes(inquiry.vector())
            + Math.max(0, weigher.applyAsLong(answer));
    if (size > settings.maxWeight() / 2) {
      return; // one answer must not evict all others
    }
    boolean explored = verdict.kind() == SemanticVerdict.Kind.EXPLORE;
    inquiry.partition().learn(inquiry, explored, answer, equal, clock.nanoTime(), size);
    partitions.shrink(inquiry.partition());
  }

  /** Compares the answer with one answer of each group. */
  private boolean[] equalNeighbours(Inquiry<V> inquiry, V answer) {
    List<Neighbour<V>> neighbours = inquiry.neighbours();
    boolean[] equal = new boolean[neighbours.size()];
    for (int i = 0; i < equal.length; i++) {
      equal[i] = equality.equal(answer, neighbours.get(i).entry().answer());
    }
    return equal;
  }

  /**
   * Removes the entries of some answers in all partitions. What was learned about the danger of
   * repeating answers stays.
   *
   * @param answers the answers to remove
   * @return how many entries there were
   */
  public int removeIf(Predicate<? super V> answers) {
    return partitions.all().stream().mapToInt(each -> each.removeIf(answers)).sum();
  }

  /**
   * Removes a partition with all that it learned.
   *
   * @param partition its name
   * @return how many entries there were
   */
  public int removePartition(String partition) {
    return partitions.remove(partition);
  }

  /**
   * Returns what a partition learned about the danger of repeating answers, to be {@linkplain
   * #restore restored} after a restart. It has neither questions nor answers.
   *
   * @param partition its name
   * @return JSON of up to about a megabyte
   */
  public String learned(String partition) {
    SemanticPartition<V> known = partitions.known(partition);
    return known == null
        ? new LearnedLabels(embedder.name(), 0, List.of()).toJson()
        : known.learned(embedder.name()).toJson();
  }

  /**
   * Takes over what a partition learned before a restart, if nothing was looked up in it since. Its
   * requests count only as far as its labels stand for them, so that answers of questions that were
   * never compared do not permit wrong ones.
   *
   * @param partition its name
   * @param learned what {@link #learned} returned
   * @return whether it was taken over; {@code false} if it is of another embedder or of a smaller
   *     share of exploration, or the partition is in use
   * @throws IllegalArgumentException if the text is not what {@code learned} returns
   */
  public boolean restore(String partition, String learned) {
    LearnedLabels labels = LearnedLabels.ofJson(learned);
    if (!labels.embedder().equals(embedder.name())) {
      return false;
    }
    int dimensions = UnitVectors.of(embedder, "the length of vectors").length;
    if (dimensions == 0) {
      return false;
    }
    index(dimensions);
    SemanticPartition<V> into = partitions.of(partition);
    boolean restored = into.restore(labels);
    partitions.shrink(into);
    return restored;
  }

  /** Removes all entries and all that was learned. */
  public void clear() {
    partitions.clear();
  }

  /**
   * Returns what the cache did in all present partitions.
   *
   * @return the sums
   */
  public SemanticStatistics statistics() {
    return partitions.all().stream()
        .map(SemanticPartition::statistics)
        .reduce(new SemanticStatistics(0, 0, 0, 0, 0, 0, 0), SemanticStatistics::plus);
  }

  /** Removes everything; an index that was passed to the builder stays open. */
  @Override
  public void close() {
    clear();
    VectorIndex own = index;
    if (own != null && given == null) {
      own.close();
    }
  }

  /**
   * Builds a cache.
   *
   * @param <V> type of the answers
   */
  public static final class Builder<V> {

    private static final long OBJECT_WEIGHT = 1_000;

    private final Embedder embedder;
    private SemanticSettings settings = SemanticSettings.DEFAULTS;
    private AnswerEquality<? super V> equality = AnswerTexts.same();
    private ToLongFunction<? super V> weigher = Builder::weigh;
    private Clock clock = Clock.SYSTEM;
    private Executor executor = ForkJoinPool.commonPool();
    private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
    private @Nullable VectorIndex index;

    private Builder(Embedder embedder) {
      this.embedder = embedder;
    }

    private static long weigh(Object answer) {
      return answer instanceof CharSequence text ? 2L * text.length() : OBJECT_WEIGHT;
    }

    /**
     * Sets how the cache decides and how much it keeps.
     *
     * @param chosen the settings
     * @return this
     */
    public Builder<V> settings(SemanticSettings chosen) {
      this.settings = chosen;
      return this;
    }

    /**
     * Sets when two answers say the same; by default, when their texts or JSON do.
     *
     * @param chosen the equality
     * @return this
     */
    public Builder<V> equality(AnswerEquality<? super V> chosen) {
      this.equality = chosen;
      return this;
    }

    /**
     * Sets how much memory an answer takes; by default two bytes a character, and 1,000 bytes for
     * an answer that is not a text.
     *
     * @param bytes returns bytes by estimate
     * @return this
     */
    public Builder<V> weigher(ToLongFunction<? super V> bytes) {
      this.weigher = bytes;
      return this;
    }

    /**
     * Sets the clock that ages answers.
     *
     * @param chosen the clock
     * @return this
     */
    public Builder<V> clock(Clock chosen) {
      this.clock = chosen;
      return this;
    }

    /**
     * Sets where the model is fitted again, about 20 ms every hundred requests; by default the
     * common pool.
     *
     * @param chosen {@code Runnable::run} for the thread that learns
     * @return this
     */
    public Builder<V> executor(Executor chosen) {
      this.executor = chosen;
      return this;
    }

    /**
     * Sets what chooses the hits to explore.
     *
     * @param numbers returns numbers from 0 to 1 without 1; thread-safe
     * @return this
     */
    public Builder<V> random(DoubleSupplier numbers) {
      this.random = numbers;
      return this;
    }

    /**
     * Sets the index of the vectors; by default an exact one in memory.
     *
     * @param chosen an empty index of the embedder's vectors, for this cache alone
     * @return this
     */
    public Builder<V> index(VectorIndex chosen) {
      this.index = chosen;
      return this;
    }

    /**
     * Creates the cache.
     *
     * @return an empty cache
     */
    public SemanticCache<V> build() {
      return new SemanticCache<>(this);
    }
  }
}
