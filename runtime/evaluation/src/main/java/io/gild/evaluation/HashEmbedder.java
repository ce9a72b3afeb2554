package io.gild.evaluation;

import io.gild.evaluation.spi.Embedder;
import java.util.Locale;

/**
 * Counts words and runs of three characters, hashed to 512 dimensions: alike in form, not in
 * meaning. Needs no model.
 */
final class HashEmbedder implements Embedder {

  private static final int DIMENSIONS = 512;
  private static final int RUN = 3;
  private static final float WORD_WEIGHT = 2;

  @Override
  public String name() {
    return "hashed n-grams";
  }

  @Override
  public float[] embed(String text) {
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
