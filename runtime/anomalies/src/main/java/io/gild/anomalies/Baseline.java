package io.gild.anomalies;

import java.util.Arrays;

/** The latest values of a signal, in order of age and sorted. Not thread-safe. */
final class Baseline {

  /** Values within this part of one another are as good as equal. */
  private static final double EQUAL = 0.03;

  private final float[] byAge;
  private final float[] sorted;
  private int size;
  private int oldest;

  Baseline(int capacity) {
    byAge = new float[capacity];
    sorted = new float[capacity];
  }

  int size() {
    return size;
  }

  /** Adds a value in place of the oldest one if there is no room. */
  void add(float value) {
    if (size == byAge.length) {
      remove(byAge[oldest]);
    }
    byAge[oldest] = value;
    oldest = (oldest + 1) % byAge.length;
    int place = place(value);
    System.arraycopy(sorted, place, sorted, place + 1, size - place);
    sorted[place] = value;
    size++;
  }

  private void remove(float value) {
    int place = place(value);
    System.arraycopy(sorted, place + 1, sorted, place, size - place - 1);
    size--;
  }

  private int place(double value) {
    int found = Arrays.binarySearch(sorted, 0, size, (float) value);
    int place = found < 0 ? -found - 1 : found;
    while (place > 0 && sorted[place - 1] >= (float) value) {
      place--; // to the first of equal ones
    }
    return place;
  }

  /**
   * Returns the normal score of the rank that a value has among these; values that are about equal
   * count half.
   */
  double score(double value) {
    int smaller = firstFrom(value * (1 - EQUAL));
    int notLarger = firstFrom(value * (1 + EQUAL));
    return NormalScores.of((0.5 + (smaller + notLarger) / 2.0) / (size + 1));
  }

  /** Returns how many values are smaller. */
  private int firstFrom(double value) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns the median, or {@code NaN} without values. */
  double median() {
    return size == 0 ? Double.NaN : (sorted[(size - 1) / 2] + sorted[size / 2]) / 2.0;
  }

  /** Adds all values to another baseline, oldest first. */
  void copyTo(Baseline other) {
    for (int i = 0; i < size; i++) {
      other.add(byAge[Math.floorMod(oldest - size + i, byAge.length)]);
    }
  }

  void clear() {
    size = 0;
    oldest = 0;
  }
}
