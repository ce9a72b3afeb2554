package io.gild.twin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Times of which percentiles are asked, by the method of the nearest rank. Not thread-safe. */
final class Percentiles {

  private record Time(double millis, double weight) {}

  private final List<Time> times = new ArrayList<>();

  void add(double millis) {
    add(millis, 1);
  }

  /** Adds the time of a call that stands for several ones. */
  void add(double millis, double weight) {
    times.add(new Time(millis, weight));
  }

  /**
   * Returns a percentile.
   *
   * @param percent above 0 to 100
   * @return one of the times in milliseconds; {@code null} if there is none
   */
  @Nullable Double at(double percent) {
    List<Time> sorted = new ArrayList<>(times);
    sorted.sort(Comparator.comparingDouble(Time::millis));
    double rank = percent / 100 * sorted.stream().mapToDouble(Time::weight).sum();
    double sum = 0;
    Double last = null;
    for (Time time : sorted) {
      sum += time.weight();
      last = time.millis();
      if (sum >= rank) {
        return last;
      }
    }
    return last; // the sum may be off by a rounding error
  }
}
