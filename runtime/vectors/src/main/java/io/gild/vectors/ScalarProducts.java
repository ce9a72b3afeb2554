package io.gild.vectors;

/** Products in plain code. */
final class ScalarProducts implements Products {

  @Override
  public float of(float[] left, int from, float[] right) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int whole = right.length - right.length % LANES;
    for (int i = 0; i < whole; i += LANES) {
      int j = from + i;
      s0 += left[j] * right[i];
      s1 += left[j + 1] * right[i + 1];
      s2 += left[j + 2] * right[i + 2];
      s3 += left[j + 3] * right[i + 3];
      s4 += left[j + 4] * right[i + 4];
      s5 += left[j + 5] * right[i + 5];
      s6 += left[j + 6] * right[i + 6];
      s7 += left[j + 7] * right[i + 7];
    }
    float sum = ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
    for (int i = whole; i < right.length; i++) {
      sum += left[from + i] * right[i];
    }
    return sum;
  }
}
