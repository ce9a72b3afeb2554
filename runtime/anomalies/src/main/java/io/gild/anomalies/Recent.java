package io.gild.anomalies;

import java.util.Arrays;

/** The last values of a signal that are not in its baseline yet. Not thread-safe. */
final class Recent {

  private final float[] values;
  private int size;
  private int oldest;

  Recent(int capacity) {
    values = new float[capacity];
  }

  boolean full() {
    return size == values.length;
  }

  int size() {
    return size;
  }

  /** Returns the oldest value, and removes it. */
  float poll() {
    float value = values[oldest];
    oldest = (oldest + 1) % values.length;
    size--;
    return value;
  }

  void add(float value) {
    values[(oldest + size) % values.length] = value;
    size++;
  }

  /** Returns the median of the last values. */
  double median(int last) {
    int count = Math.min(last, size);
    float[] copy = new float[count];
    for (int i = 0; i < count; i++) {
      copy[i] = values[(oldest + size - count + i) % values.length];
    }
    Arrays.sort(copy);
    return count == 0 ? Double.NaN : (copy[(count - 1) / 2] + copy[count / 2]) / 2.0;
  }

  void clear() {
    size = 0;
    oldest = 0;
  }
}
