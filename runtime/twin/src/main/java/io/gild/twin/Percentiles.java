package io.gild.twin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Times of which percentiles are asked, by the method of the nearest rank. Not thread-safe. */
final class Percentiles {

  private final List<Double> millis = new ArrayList<>();

  void add(double each) {
    millis.add(each);
  }

  /**
   * Returns a percentile.
   *
   * @param percent above 0 to 100
   * @return one of the times in milliseconds; {@code null} if there is none
   */
  @Nullable Double at(double percent) {
    if (millis.isEmpty()) {
      return null;
    }
    List<Double> sorted = new ArrayList<>(millis);
    Collections.sort(sorted);
    int rank = (int) Math.ceil(percent / 100 * sorted.size());
    return sorted.get(Math.max(1, rank) - 1);
  }
}
