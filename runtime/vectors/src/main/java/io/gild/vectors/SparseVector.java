package io.gild.vectors;

/**
 * The components of a vector of length 1 that are not zero, with a sketch of them: whole numbers of
 * 16 bits, so that the product of two sketches fits 32 bits.
 *
 * @param places where they are, in ascending order
 * @param values the components
 * @param codes the components, times a scale and rounded
 * @param error a number that the length of the difference between vector and sketch does not exceed
 */
record SparseVector(char[] places, float[] values, short[] codes, float error) {

  /** With more, the products of rounded vectors might not fit. */
  static final int MOST_DIMENSIONS = 1 << Character.SIZE;

  /** By how much vectors are stretched before they are rounded. */
  static final int SCALE = 32_000;

  static SparseVector of(float[] unit) {
    int count = 0;
    for (float component : unit) {
      count += isZero(component) ? 0 : 1;
    }
    char[] places = new char[count];
    float[] values = new float[count];
    short[] codes = new short[count];
    double squares = 0;
    int next = 0;
    for (int place = 0; place < unit.length; place++) {
      if (!isZero(unit[place])) {
        int code = Math.round(unit[place] * SCALE);
        double difference = unit[place] - (double) code / SCALE;
        squares += difference * difference;
        places[next] = (char) place;
        values[next] = unit[place];
        codes[next++] = (short) code;
      }
    }
    return new SparseVector(places, values, codes, Math.nextUp((float) Math.sqrt(squares)));
  }

  /** Returns whether a component need not be kept; a negative zero is kept as it is. */
  private static boolean isZero(float component) {
    return Float.floatToRawIntBits(component) == 0;
  }
}
