package io.gild.evaluation;

import java.util.Locale;

/**
 * How alike two texts are in form: the cosine of their hashed counts of words and of runs of three
 * characters, in 512 dimensions. Needs no model; knows nothing of meaning.
 */
final class Similarity {

  private static final int DIMENSIONS = 512;
  private static final int RUN = 3;
  private static final float WORD_WEIGHT = 2;

  private Similarity() {}

  /**
   * Compares two texts.
   *
   * @return from 0, nothing in common, to 1
   */
  static double of(String one, String other) {
    float[] a = vector(one);
    float[] b = vector(other);
    double dot = 0;
    double lengthA = 0;
    double lengthB = 0;
    for (int i = 0; i < DIMENSIONS; i++) {
      dot += a[i] * b[i];
      lengthA += a[i] * a[i];
      lengthB += b[i] * b[i];
    }
    if (lengthA == 0 || lengthB == 0) {
      return lengthA == lengthB ? 1 : 0;
    }
    return Math.min(1, dot / Math.sqrt(lengthA * lengthB));
  }

  private static float[] vector(String text) {
    String normal = text.toLowerCase(Locale.ROOT).strip();
    float[] vector = new float[DIMENSIONS];
    int wordStart = 0;
    for (int i = 0; i <= normal.length(); i++) {
      if (i == normal.length() || !Character.isLetterOrDigit(normal.charAt(i))) {
        if (i > wordStart) {
          vector[slot(normal, wordStart, i)] += WORD_WEIGHT;
        }
        wordStart = i + 1;
      }
      if (i + RUN <= normal.length()) {
        vector[slot(normal, i, i + RUN)] += 1;
      }
    }
    return vector;
  }

  private static int slot(String text, int start, int end) {
    int hash = end - start;
    for (int i = start; i < end; i++) {
      hash = hash * 31 + text.charAt(i);
    }
    return Math.floorMod(hash * 0x9E3779B9, DIMENSIONS);
  }
}
