package io.gild.config;

import java.time.Duration;

/** Checks of record components; each message names subject, rule and value. */
@Experimental
public final class Require {

  private Require() {}

  /**
   * Checks a lower bound.
   *
   * @param minimum the least value that is valid
   * @param value the value
   * @param name key of the component
   * @throws IllegalArgumentException if the value is too small
   */
  public static void atLeast(long minimum, long value, String name) {
    if (value < minimum) {
      throw new IllegalArgumentException(name + " must be >= " + minimum + ", but is " + value);
    }
  }

  /**
   * Checks a range.
   *
   * @param low the least value that is valid
   * @param high the greatest value that is valid
   * @param value the value; {@code NaN} is not valid
   * @param name key of the component
   * @throws IllegalArgumentException if the value is outside the range
   */
  public static void between(double low, double high, double value, String name) {
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          name + " must be from " + low + " to " + high + ", but is " + value);
    }
  }

  /**
   * Checks that a duration is above zero.
   *
   * @param value the duration
   * @param name key of the component
   * @throws IllegalArgumentException if it is not
   */
  public static void positive(Duration value, String name) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be above zero, but is " + value);
    }
  }

  /**
   * Checks that a duration is zero or more.
   *
   * @param value the duration
   * @param name key of the component
   * @throws IllegalArgumentException if it is not
   */
  public static void notNegative(Duration value, String name) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative, but is " + value);
    }
  }
}
