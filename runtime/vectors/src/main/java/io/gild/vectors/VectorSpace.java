package io.gild.vectors;

import io.gild.config.Experimental;

/**
 * The vectors of one model, which can be compared with each other and with no others.
 *
 * @param model name of the model, as {@link io.gild.core.spi.Embedder#name} returns it
 * @param dimensions length of its vectors; 1 to 65,536
 */
@Experimental
public record VectorSpace(String model, int dimensions) {

  private static final int MOST_DIMENSIONS = 1 << 16;

  /** Checks the values. */
  public VectorSpace {
    if (model.isBlank()) {
      throw new IllegalArgumentException("model must not be blank");
    }
    if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
      throw new IllegalArgumentException(
          "dimensions must be from 1 to " + MOST_DIMENSIONS + ", but is " + dimensions);
    }
  }

  /**
   * Returns a vector of length 1 that points where another one does.
   *
   * @param owner the owner of the vector, for messages
   * @param vector a vector of this space
   * @return a new array
   * @throws IllegalArgumentException if the vector has another length, a component that is not
   *     finite, or no direction
   */
  public float[] unit(String owner, float[] vector) {
    if (vector.length != dimensions) {
      throw new IllegalArgumentException(
          "the vector of %s has %d dimensions; those of %s have %d. Embed the text again."
              .formatted(owner, vector.length, model, dimensions));
    }
    double squares = 0;
    for (int i = 0; i < vector.length; i++) {
      if (!Float.isFinite(vector[i])) {
        throw new IllegalArgumentException(
            "the vector of %s must be finite, but has %s at %d".formatted(owner, vector[i], i));
      }
      squares += (double) vector[i] * vector[i];
    }
    if (squares == 0) {
      throw new IllegalArgumentException("the vector of " + owner + " must not be zero");
    }
    double length = Math.sqrt(squares);
    float[] unit = new float[vector.length];
    for (int i = 0; i < vector.length; i++) {
      unit[i] = (float) (vector[i] / length);
    }
    return unit;
  }

  /**
   * Returns the similarity of two vectors, the same bit by bit for every index and machine.
   *
   * @param left a vector of length 1 of this space, as {@link #unit} returns it
   * @param right another one
   * @return their cosine; -1 to 1
   */
  public double similarity(float[] left, float[] right) {
    return cosine(Products.FASTEST.of(left, 0, right));
  }

  /** Returns a product of two vectors of length 1 without what rounding added. */
  static double cosine(float product) {
    return Math.max(-1, Math.min(1, product));
  }
}
