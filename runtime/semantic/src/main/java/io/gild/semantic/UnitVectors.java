package io.gild.semantic;

import io.gild.core.spi.Embedder;
import io.gild.vectors.VectorSpace;

/** Vectors of length 1. */
final class UnitVectors {

  private UnitVectors() {}

  /** Returns an empty array if the text has no direction, such as a text without words. */
  static float[] of(Embedder embedder, String text) {
    float[] vector = embedder.embed(text);
    double squares = 0;
    for (float component : vector) {
      squares += (double) component * component;
    }
    if (!(squares > 0) || Double.isInfinite(squares)) { // NaN has no direction either
      return new float[0];
    }
    return new VectorSpace(embedder.name(), vector.length).unit("the text", vector);
  }
}
