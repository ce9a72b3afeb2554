package io.gild.synchronizers.spi;

import io.gild.config.Experimental;

/**
 * The answer of a barrier.
 *
 * @param status what became of the party's generation
 * @param generation its number; 1 or more
 * @param parties how many parties that generation has
 */
@Experimental
public record Arrival(Status status, long generation, int parties) {

  /** What became of a generation. */
  public enum Status {
    /** Parties are missing. */
    WAITING,
    /** All parties have arrived. */
    TRIPPED,
    /** A party left, or its lease ended. */
    BROKEN,
    /** Parties that wait expect another number of parties; this one did not arrive. */
    MISMATCHED
  }
}
