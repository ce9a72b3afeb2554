package io.gild.core.spi;

import io.gild.config.Experimental;

/** Takes the amounts of one series; thread-safe. */
@Experimental
@FunctionalInterface
public interface MeterRecorder {

  /** Drops all amounts. */
  MeterRecorder NONE = amount -> {};

  /**
   * Records an amount.
   *
   * @param amount what a counter grows by, seconds of a timer, or the amount of a summary; anything
   *     that is negative or no number is dropped
   */
  void record(double amount);
}
