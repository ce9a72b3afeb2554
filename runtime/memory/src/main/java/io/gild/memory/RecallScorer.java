package io.gild.memory;

import io.gild.config.Experimental;
import java.time.Duration;
import java.util.List;

/**
 * Scores a memory for a query by a weighted sum of its signals ({@link RecallWeights}):
 *
 * <pre>
 * relevance = text × share of BM25 + similarity × max(0, cosine − floor)
 * score     = relevance
 *           + neighbours × Σ fading^(steps − 1) × relevance of the memory that is 1 or 2 steps away
 *           + answer × relevance of a question right before the memory
 *           + session × share of BM25 of the session
 *           + named, if the query names it
 *           + recency × 2^(−age / half-life)
 *           + importance × importance
 * </pre>
 *
 * and a memory that is a question itself loses a share of its score. The neighbours are those of
 * the same session: what a conversation is about is rarely said in each of its messages. Stateless.
 */
@Experimental
public final class RecallScorer {

  /** How many memories before and after one count. */
  public static final int REACH = 2;

  private final RecallWeights weights;

  /**
   * Creates a scorer.
   *
   * @param weights how much each signal counts
   */
  public RecallScorer(RecallWeights weights) {
    this.weights = weights;
  }

  RecallWeights weights() {
    return weights;
  }

  /**
   * Scores a memory.
   *
   * @param own its signals
   * @param before the signals of the memories before it in its session, the nearest first; only the
   *     first {@value #REACH} count
   * @param after the signals of the memories after it in its session, the nearest first; only the
   *     first {@value #REACH} count
   * @return the score in its parts
   */
  public RecallScore score(
      RecallSignals own, List<RecallSignals> before, List<RecallSignals> after) {
    RecallScore score =
        new RecallScore(
            text(own),
            similarity(own),
            neighbours(before) + neighbours(after) + answer(before),
            weights.session() * own.session(),
            own.named() ? weights.named() : 0,
            recency(own),
            weights.importance() * own.importance(),
            0);
    return own.question() ? score.discounted(weights.question()) : score;
  }

  private double neighbours(List<RecallSignals> nearestFirst) {
    double sum = 0;
    double weight = weights.neighbours();
    for (RecallSignals each : nearestFirst.subList(0, Math.min(REACH, nearestFirst.size()))) {
      sum += weight * relevance(each);
      weight *= weights.fading();
    }
    return sum;
  }

  private double answer(List<RecallSignals> before) {
    return before.isEmpty() || !before.get(0).question()
        ? 0
        : weights.answer() * relevance(before.get(0));
  }

  private double relevance(RecallSignals signals) {
    return text(signals) + similarity(signals);
  }

  private double text(RecallSignals signals) {
    return weights.text() * signals.text();
  }

  private double similarity(RecallSignals signals) {
    return weights.similarity() * signals.similarity();
  }

  private double recency(RecallSignals own) {
    double halfLives = seconds(own.age()) / seconds(weights.halfLife());
    return weights.recency() * Math.pow(2, -halfLives);
  }

  private static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() * 1e-9;
  }
}
