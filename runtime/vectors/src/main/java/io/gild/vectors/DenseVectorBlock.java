package io.gild.vectors;

import java.util.Arrays;

/**
 * Vectors of length 1 that lie one after another, each with a sketch: its components in 7 bits. A
 * search reads the sketches, a quarter of the memory, and the vectors of those rows alone that may
 * be near enough.
 */
final class DenseVectorBlock implements VectorBlock {

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

  DenseVectorBlock(int dimensions) {
    this.dimensions = dimensions;
    codeLength = Sketch.codeLength(dimensions);
    vectors = new float[FEW_ROWS * dimensions];
    codes = new long[FEW_ROWS * codeLength];
    scales = new float[FEW_ROWS];
    errors = new float[FEW_ROWS];
    sums = new int[FEW_ROWS];
  }

  static long bytes(int dimensions) {
    return 5L * dimensions + 12;
  }

  @Override
  public void makeRoom(int row) {
    if (row == scales.length) {
      int rows = 2 * row;
      vectors = Arrays.copyOf(vectors, rows * dimensions);
      codes = Arrays.copyOf(codes, rows * codeLength);
      scales = Arrays.copyOf(scales, rows);
      errors = Arrays.copyOf(errors, rows);
      sums = Arrays.copyOf(sums, rows);
    }
  }

  @Override
  public void set(int row, float[] unit) {
    System.arraycopy(unit, 0, vectors, row * dimensions, dimensions);
    Sketch sketch = Sketch.of(unit);
    System.arraycopy(sketch.codes(), 0, codes, row * codeLength, codeLength);
    scales[row] = sketch.scale();
    errors[row] = sketch.error();
    sums[row] = sketch.sum();
  }

  @Override
  public float[] get(int row) {
    return Arrays.copyOfRange(vectors, row * dimensions, (row + 1) * dimensions);
  }

  @Override
  public void copy(VectorBlock other, int source, int row) {
    DenseVectorBlock from = (DenseVectorBlock) other;
    System.arraycopy(from.vectors, source * dimensions, vectors, row * dimensions, dimensions);
    System.arraycopy(from.codes, source * codeLength, codes, row * codeLength, codeLength);
    scales[row] = from.scales[source];
    errors[row] = from.errors[source];
    sums[row] = from.sums[source];
  }

  @Override
  public void clear(int row) {
    Arrays.fill(vectors, row * dimensions, (row + 1) * dimensions, 0);
    Arrays.fill(codes, row * codeLength, (row + 1) * codeLength, 0);
    scales[row] = 0;
    errors[row] = 0;
    sums[row] = 0;
  }

  @Override
  public float similarity(int row, WantedVector wanted) {
    return Products.FASTEST.of(vectors, row * dimensions, wanted.unit());
  }

  @Override
  public void sketch(WantedVector wanted) {}

  @Override
  public double similarityBound(int row, WantedVector wanted) {
    return wanted.similarityBound(codes, row * codeLength, scales[row], errors[row], sums[row]);
  }
}
