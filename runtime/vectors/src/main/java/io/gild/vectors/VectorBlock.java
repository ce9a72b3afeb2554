package io.gild.vectors;

import java.util.Arrays;

/**
 * Vectors of length 1 that lie one after another, each with a sketch: its components in 7 bits. A
 * search reads the sketches, a quarter of the memory, and the vectors of those rows alone that may
 * be near enough.
 */
final class VectorBlock {

  /** The most rows. */
  static final int ROWS = 256;

  /** Rows of a new block, so that a partition of a few entries is small. */
  private static final int FEW_ROWS = 4;

  private final int dimensions;
  private final int codeLength;
  private float[] vectors;
  private long[] codes;
  private float[] scales;
  private float[] errors;
  private int[] sums;

  VectorBlock(int dimensions) {
    this.dimensions = dimensions;
    codeLength = Sketch.codeLength(dimensions);
    vectors = new float[FEW_ROWS * dimensions];
    codes = new long[FEW_ROWS * codeLength];
    scales = new float[FEW_ROWS];
    errors = new float[FEW_ROWS];
    sums = new int[FEW_ROWS];
  }

  /** Makes room for a row whose predecessors have room. */
  void makeRoom(int row) {
    if (row == scales.length) {
      int rows = 2 * row;
      vectors = Arrays.copyOf(vectors, rows * dimensions);
      codes = Arrays.copyOf(codes, rows * codeLength);
      scales = Arrays.copyOf(scales, rows);
      errors = Arrays.copyOf(errors, rows);
      sums = Arrays.copyOf(sums, rows);
    }
  }

  void set(int row, float[] unit) {
    System.arraycopy(unit, 0, vectors, row * dimensions, dimensions);
    Sketch sketch = Sketch.of(unit);
    System.arraycopy(sketch.codes(), 0, codes, row * codeLength, codeLength);
    scales[row] = sketch.scale();
    errors[row] = sketch.error();
    sums[row] = sketch.sum();
  }

  float[] get(int row) {
    return Arrays.copyOfRange(vectors, row * dimensions, (row + 1) * dimensions);
  }

  void copy(VectorBlock from, int source, int row) {
    System.arraycopy(from.vectors, source * dimensions, vectors, row * dimensions, dimensions);
    System.arraycopy(from.codes, source * codeLength, codes, row * codeLength, codeLength);
    scales[row] = from.scales[source];
    errors[row] = from.errors[source];
    sums[row] = from.sums[source];
  }

  /** Overwrites a row that was removed. */
  void clear(int row) {
    Arrays.fill(vectors, row * dimensions, (row + 1) * dimensions, 0);
    Arrays.fill(codes, row * codeLength, (row + 1) * codeLength, 0);
    scales[row] = 0;
    errors[row] = 0;
    sums[row] = 0;
  }

  /** Returns the similarity of a row. */
  float similarity(int row, WantedVector wanted) {
    return Products.FASTEST.of(vectors, row * dimensions, wanted.unit());
  }

  /** Returns a number that the similarity of a row does not exceed. */
  double similarityBound(int row, WantedVector wanted) {
    return wanted.similarityBound(codes, row * codeLength, scales[row], errors[row], sums[row]);
  }
}
