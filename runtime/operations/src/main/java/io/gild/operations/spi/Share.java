package io.gild.operations.spi;

import io.gild.config.Experimental;

/**
 * How much of the traffic the new version was to get, and what the engine could set.
 *
 * @param wanted hundredths of a percent, 0 to 10,000
 * @param achieved hundredths of a percent that the engine is set to, 0 to 10,000; a proxy with
 *     integer weights cannot set every share exactly
 * @param note what is worth knowing, such as {@code weights 3 of 256}; may be empty
 */
@Experimental
public record Share(int wanted, int achieved, String note) {

  /** All traffic. */
  public static final int ALL = 10_000;

  /** Checks the values. */
  public Share {
    require(wanted, "wanted");
    require(achieved, "achieved");
  }

  private static void require(int share, String name) {
    if (share < 0 || share > ALL) {
      throw new IllegalArgumentException(name + " must be 0 to 10000, but is " + share);
    }
  }
}
