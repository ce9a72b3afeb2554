package io.gild.semantic;

import io.gild.config.Experimental;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the cache decided about a question; pass it to {@link SemanticCache#learn} together with the
 * model's answer, unless it is a hit. Immutable.
 *
 * @param <V> type of the answers
 */
@Experimental
public final class SemanticVerdict<V> {

  /** The decisions. */
  public enum Kind {
    /** The answer may be repeated. */
    HIT,
    /** It might be, but the model is called this time, to see whether that would be right. */
    EXPLORE,
    /** The model has to be called. */
    MISS
  }

  private final Kind kind;
  private final double probability;
  private final double threshold;
  private final @Nullable String veto;
  private final @Nullable Inquiry<V> inquiry;

  SemanticVerdict(
      Kind kind,
      double probability,
      double threshold,
      @Nullable String veto,
      @Nullable Inquiry<V> inquiry) {
    this.kind = kind;
    this.probability = probability;
    this.threshold = threshold;
    this.veto = veto;
    this.inquiry = inquiry;
  }

  /**
   * What is known about a question when its answer arrives.
   *
   * @param partition where it was looked up
   * @param question the question
   * @param vector its vector, of length 1
   * @param neighbours the earlier questions that may have its answer, the nearest one first
   * @param features empty if there are none
   * @param request number of the request
   */
  record Inquiry<V>(
      SemanticPartition<V> partition,
      ComparedQuestion question,
      float[] vector,
      List<Neighbour<V>> neighbours,
      float[] features,
      long request) {}

  /** A question that is too long, has no words or suspicious characters. */
  static <V> SemanticVerdict<V> incomparable(String reason) {
    return new SemanticVerdict<>(Kind.MISS, 0, Calibration.NEVER, reason, null);
  }

  @Nullable Inquiry<V> inquiry() {
    return inquiry;
  }

  private @Nullable Neighbour<V> first() {
    return inquiry == null || inquiry.neighbours().isEmpty() ? null : inquiry.neighbours().get(0);
  }

  /**
   * Returns the decision.
   *
   * @return what to do
   */
  public Kind kind() {
    return kind;
  }

  /**
   * Returns whether the answer may be repeated.
   *
   * @return whether this is a hit
   */
  public boolean isHit() {
    return kind == Kind.HIT;
  }

  /**
   * Returns the answer of the nearest earlier question.
   *
   * @return {@code null} if no earlier question may have the same answer
   */
  public @Nullable V answer() {
    Neighbour<V> first = first();
    return first == null ? null : first.entry().answer();
  }

  /**
   * Returns the nearest earlier question. It may be confidential.
   *
   * @return {@code null} if no earlier question may have the same answer
   */
  public @Nullable String matchedQuestion() {
    Neighbour<V> first = first();
    return first == null ? null : first.entry().question().text();
  }

  /**
   * Returns the similarity of the nearest earlier question.
   *
   * @return the cosine; 0 if there is none
   */
  public double similarity() {
    Neighbour<V> first = first();
    return first == null ? 0 : first.similarity();
  }

  /**
   * Returns the estimated probability that the answer is right.
   *
   * @return 0 to 1
   */
  public double probability() {
    return probability;
  }

  /**
   * Returns the least probability of a hit.
   *
   * @return 0 to 1; 2 while there is too little evidence for any hit
   */
  public double threshold() {
    return threshold;
  }

  /**
   * Returns why the nearest earlier question could not have the same answer, or why the question
   * was not compared at all.
   *
   * @return such as {@code numbers}; {@code null} if nothing spoke against it
   */
  public @Nullable String veto() {
    return veto;
  }

  @Override
  public String toString() {
    return "%s (similarity %.3f, probability %.3f, threshold %.3f%s)"
        .formatted(kind, similarity(), probability, threshold, veto == null ? "" : ", " + veto);
  }
}
