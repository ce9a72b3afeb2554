package io.gild.vectors;

import io.gild.config.Experimental;

/**
 * The parameters of Okapi BM25 (S. Robertson, H. Zaragoza: "The Probabilistic Relevance Framework:
 * BM25 and Beyond", 2009). A text of {@code length} terms, {@code count} of them the wanted one,
 * scores for this term
 *
 * <pre>
 * idf × count / (count + k1 × (1 − b + b × length / mean length))
 * idf = ln(1 + (texts − found + 0.5) / (found + 0.5))
 * </pre>
 *
 * where {@code found} of all {@code texts} of the partition have the term. The score for a query is
 * the sum over its different terms. A term scores less than its {@code idf}, so their sum bounds
 * the score.
 *
 * @param k1 how little a repeated term counts: with 0, not at all; 0 or more
 * @param b how much a long text is held against it: 0 (not) to 1 (in full)
 */
@Experimental
public record Bm25(double k1, double b) {

  /** For texts of many sentences: k1 1.2, b 0.75, as most search engines have them. */
  public static final Bm25 DOCUMENTS = new Bm25(1.2, 0.75);

  /**
   * For messages and facts: k1 1.2, b 0.4. Of texts of one or two sentences, the longer one says
   * more, not the same at greater length.
   */
  public static final Bm25 MESSAGES = new Bm25(1.2, 0.4);

  /** Checks the values. */
  public Bm25 {
    if (!(k1 >= 0 && k1 <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("k1 must be >= 0 and finite, but is " + k1);
    }
    if (!(b >= 0 && b <= 1)) {
      throw new IllegalArgumentException("b must be from 0 to 1, but is " + b);
    }
  }

  /** Returns the weight of a term that some of all texts have. */
  static double idf(int texts, int found) {
    return Math.log1p((texts - found + 0.5) / (found + 0.5));
  }

  /** Returns what a term scores, as a share of its weight: 0 to 1. */
  double saturation(int count, int length, double mean) {
    return count / (count + k1 * (1 - b + b * length / mean));
  }
}
