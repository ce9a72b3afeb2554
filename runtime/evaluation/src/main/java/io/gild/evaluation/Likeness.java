package io.gild.evaluation;

import io.gild.core.spi.Embedder;
import io.gild.evaluation.spi.Verdict;
import io.gild.gates.Outcome;
import io.gild.vectors.TextWords;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures the similarity of two texts by letters and words. */
final class Likeness {

  private static final int LONGEST = 20_000;

  private Likeness() {}

  /** Returns the verdict on a score. */
  static Verdict judge(String measure, double score, double threshold) {
    return score >= threshold
        ? new Verdict(Outcome.PASSED, score, "")
        : new Verdict(
            Outcome.FAILED,
            score,
            String.format(Locale.ROOT, "%s is %.3f, below %.3f", measure, score, threshold));
  }

  /**
   * Returns the cosine of the vectors of two texts.
   *
   * @return from 0 to 1; opposite vectors count as 0
   */
  static double cosine(Embedder embedder, String wanted, String given) {
    float[] a = embedder.embed(Composed.of(wanted));
    float[] b = embedder.embed(Composed.of(given));
    if (a.length != b.length) {
      throw new IllegalStateException(
          "embedder %s made vectors of %d and of %d numbers"
              .formatted(embedder.name(), a.length, b.length));
    }
    double dot = 0;
    double lengthA = 0;
    double lengthB = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      lengthA += (double) a[i] * a[i];
      lengthB += (double) b[i] * b[i];
    }
    if (!Double.isFinite(dot) || !Double.isFinite(lengthA) || !Double.isFinite(lengthB)) {
      throw new IllegalStateException(
          "embedder " + embedder.name() + " made a vector with a value that is not a number");
    }
    if (lengthA == 0 || lengthB == 0) {
      return lengthA == lengthB ? 1 : 0;
    }
    return Math.max(0, Math.min(1, dot / Math.sqrt(lengthA * lengthB)));
  }

  /**
   * Returns ROUGE-L: the F-measure, with equal weights, of precision and recall of the longest
   * common subsequence of words (Lin, 2004, "ROUGE: A Package for Automatic Evaluation of
   * Summaries"), case ignored; {@link TextWords} defines a word.
   *
   * @return from 0 to 1; 1 for two texts without words
   */
  static double rougeL(String wanted, String given) {
    List<String> a = words(wanted);
    List<String> b = words(given);
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() && b.isEmpty() ? 1 : 0;
    }
    return 2.0 * commonSubsequence(a, b) / (a.size() + b.size());
  }

  private static List<String> words(String text) {
    String lower = Composed.of(text).toLowerCase(Locale.ROOT);
    return TextWords.of(lower, TextWords.PLAIN);
  }

  /**
   * Returns the length of the longest common subsequence, 64 words at a time (Hyyrö, 2004,
   * "Bit-parallel LCS-length computation revisited").
   */
  private static int commonSubsequence(List<String> a, List<String> b) {
    int blocks = (a.size() + 63) / 64;
    Map<String, long[]> places = new HashMap<>();
    for (int i = 0; i < a.size(); i++) {
      places.computeIfAbsent(a.get(i), word -> new long[blocks])[i / 64] |= 1L << (i % 64);
    }
    long[] open = new long[blocks];
    Arrays.fill(open, -1L);
    for (String word : b) {
      long[] match = places.get(word);
      if (match != null) {
        step(open, match);
      }
    }
    int common = 0;
    for (int i = 0; i < a.size(); i++) {
      common += (open[i / 64] >>> (i % 64) & 1) == 0 ? 1 : 0;
    }
    return common;
  }

  private static void step(long[] open, long[] match) {
    long carry = 0;
    for (int i = 0; i < open.length; i++) {
      long both = open[i] & match[i];
      long partly = open[i] + both;
      long sum = partly + carry;
      boolean overflow =
          Long.compareUnsigned(partly, open[i]) < 0 || Long.compareUnsigned(sum, partly) < 0;
      open[i] = sum | (open[i] - both);
      carry = overflow ? 1 : 0;
    }
  }

  /**
   * Judges how many letters two texts share: 1 minus the Levenshtein distance, in code points, over
   * the longer length.
   */
  static Verdict spelling(String wanted, String given, double threshold) {
    int[] a = Composed.of(wanted).codePoints().toArray();
    int[] b = Composed.of(given).codePoints().toArray();
    int longer = Math.max(a.length, b.length);
    if (longer == 0) {
      return Verdict.pass();
    }
    if (longer > LONGEST) {
      return Verdict.judgeFailed(
          "texts of over "
              + LONGEST
              + " characters are not compared letter by letter;"
              + " use rouge-l or similarity");
    }
    return judge("likeness", 1 - (double) distance(a, b) / longer, threshold);
  }

  private static int distance(int[] a, int[] b) {
    int[] above = new int[b.length + 1];
    int[] row = new int[b.length + 1];
    for (int j = 0; j <= b.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length; i++) {
      row[0] = i;
      for (int j = 1; j <= b.length; j++) {
        int replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
      }
      int[] swap = above;
      above = row;
      row = swap;
    }
    return above[b.length];
  }
}
