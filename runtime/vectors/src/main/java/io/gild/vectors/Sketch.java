package io.gild.vectors;

/**
 * A vector in 7 bits a component: {@code scale × (code - 64)}, eight codes in a long.
 *
 * @param codes the codes, from 1 to 127, the first one in the lowest byte; zeros after the last one
 * @param scale the step between two codes
 * @param error a number that the length of the difference between vector and sketch does not exceed
 * @param sum sum of the codes
 */
record Sketch(long[] codes, float scale, float error, int sum) {

  /** The code of zero. */
  static final int ZERO = 64;

  private static final int LARGEST = 63;
  private static final int CODES_IN_A_LONG = 8;

  static int codeLength(int dimensions) {
    return (dimensions + CODES_IN_A_LONG - 1) / CODES_IN_A_LONG;
  }

  /** Returns the sketch of a vector that is not zero. */
  static Sketch of(float[] vector) {
    float scale = scale(vector);
    long[] codes = new long[codeLength(vector.length)];
    double squares = 0;
    int sum = 0;
    for (int i = 0; i < vector.length; i++) {
      int step = Math.max(-LARGEST, Math.min(LARGEST, Math.round(vector[i] / scale)));
      double difference = vector[i] - (double) scale * step;
      squares += difference * difference;
      sum += step + ZERO;
      codes[i / CODES_IN_A_LONG] |= (long) (step + ZERO) << i % CODES_IN_A_LONG * Byte.SIZE;
    }
    return new Sketch(codes, scale, Math.nextUp((float) Math.sqrt(squares)), sum);
  }

  private static float scale(float[] vector) {
    float largest = 0;
    for (float component : vector) {
      largest = Math.max(largest, Math.abs(component));
    }
    return largest / LARGEST;
  }
}
