package io.gild.vectors;

import io.gild.config.Experimental;
import io.gild.core.spi.Embedder;
import java.util.Locale;

/**
 * Counts words and runs of three characters, hashed to 512 dimensions: compares form, not meaning.
 * Needs no model.
 */
@Experimental
public final class HashEmbedder implements Embedder {

  /** Creates an embedder. */
  public HashEmbedder() {}

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
    for (String word : TextWords.of(normal, TextWords.PLAIN)) {
      vector[slot(word, 0, word.length())] += WORD_WEIGHT;
    }
    for (int i = 0; i + RUN <= normal.length(); i++) {
      vector[slot(normal, i, i + RUN)] += 1;
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
