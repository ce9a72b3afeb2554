package io.gild.synchronizers.spi;

import io.gild.config.Experimental;
import io.gild.config.Require;

/**
 * The time of an engine, as exactly as it is known. A lease ends only when it has certainly ended:
 * it begins at the latest time that it may be, and is over at the earliest.
 *
 * @param earliest milliseconds since 1970 that have passed for certain
 * @param latest milliseconds since 1970 that have passed at most
 * @param leastToken the next fencing token, unless that of the state is greater
 */
@Experimental
public record LeaseTime(long earliest, long latest, long leastToken) {

  private static final long MICROS = 1_000;

  /** Checks the values. */
  public LeaseTime {
    Require.atLeast(earliest, latest, "latest");
  }

  /**
   * Makes a time whose tokens increase also if the state is lost.
   *
   * @param earliest milliseconds since 1970 that have passed for certain
   * @param latest milliseconds since 1970 that have passed at most
   * @return the time
   */
  public static LeaseTime between(long earliest, long latest) {
    return new LeaseTime(earliest, latest, latest * MICROS);
  }
}
