package io.gild.vectors;

import org.jspecify.annotations.Nullable;

/**
 * A wanted vector of length 1 with its sketch, which bounds its similarity to other sketched
 * vectors.
 *
 * <p>With a vector x and its sketch s, which differ by a vector of at most the length e, and the
 * same of the wanted vector: {@code |x·x' - s·s'| = |(x-s)·x' + s·(x'-s')| <= e + (1+e)e'}. So a
 * row whose product of sketches is smaller than the similarity of a known one by more than that is
 * farther away, and its vector need not be read.
 */
final class WantedVector {

  /** Codes of every second component: four lanes of 16 bits. */
  private static final long LANES = 0x00FF_00FF_00FF_00FFL;

  private static final int HIGHEST_LANE = 48;

  private final float[] unit;
  private final Sketch sketch;
  private final long[] even;
  private final long[] odd;
  private final int zeros;
  private final double rounding;
  private int[] products = {};
  private @Nullable SparseVector sparse;

  WantedVector(float[] unit) {
    this.unit = unit;
    sketch = Sketch.of(unit);
    even = new long[sketch.codes().length];
    odd = new long[even.length];
    for (int i = 0; i < even.length; i++) {
      long reversed = Long.reverseBytes(sketch.codes()[i]);
      even[i] = reversed >>> Byte.SIZE & LANES;
      odd[i] = reversed & LANES;
    }
    zeros = Sketch.ZERO * (sketch.sum() - Sketch.ZERO * unit.length);
    // what the sums of floats, and vectors whose length is nearly 1, may add
    rounding = (unit.length + 16) * 0x1p-23;
  }

  float[] unit() {
    return unit;
  }

  /**
   * Returns a number that the similarity of a sketched vector does not exceed.
   *
   * @param codes array of the codes
   * @param from where the codes of the vector begin
   * @param scale its scale
   * @param error its error
   * @param sum the sum of its codes
   */
  double similarityBound(long[] codes, int from, float scale, float error, int sum) {
    int product = product(codes, from, even, odd) - Sketch.ZERO * sum - zeros;
    double similarity = (double) scale * sketch.scale() * product;
    return similarity + error + (1 + (double) error) * sketch.error() + rounding;
  }

  /** Returns the components that are not zero. */
  SparseVector sparse() {
    SparseVector known = sparse;
    if (known == null) {
      known = SparseVector.of(unit);
      sparse = known;
    }
    return known;
  }

  /** Returns the products of sketches of a block that is searched, to be written by the block. */
  int[] products() {
    if (products.length == 0) {
      products = new int[SparseVectorBlock.ROWS];
    }
    return products;
  }

  /** Returns the same for a product of sparse sketches. */
  double similarityBound(int product, float error) {
    double scale = SparseVector.SCALE;
    return product / (scale * scale) + error + (1 + (double) error) * sparse().error() + rounding;
  }

  /**
   * Multiplies four codes at once: the highest lane of the product of two longs is the sum of the
   * products of their lanes in opposite order. No lane overflows, as 4 × 127² is below 2¹⁶. The sum
   * is a long because the JVM uses the vector unit for loops of one type only.
   */
  private static int product(long[] codes, int from, long[] even, long[] odd) {
    long sum = 0;
    for (int i = 0; i < even.length; i++) {
      long eight = codes[from + i];
      sum +=
          ((eight & LANES) * even[i] >>> HIGHEST_LANE)
              + ((eight >>> Byte.SIZE & LANES) * odd[i] >>> HIGHEST_LANE);
    }
    return (int) sum;
  }
}
