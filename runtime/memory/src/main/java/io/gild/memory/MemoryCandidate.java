package io.gild.memory;

import io.gild.config.Experimental;
import java.util.List;

/**
 * A memory that may be recalled.
 *
 * @param memory the memory
 * @param scores how it fits
 * @param before the memories before it in its session, the nearest first; at most {@link
 *     RecallScorer#REACH}
 * @param after the memories after it in its session, the nearest first; at most {@link
 *     RecallScorer#REACH}
 */
@Experimental
public record MemoryCandidate(
    Memory memory, SearchScores scores, List<Neighbour> before, List<Neighbour> after) {

  /** Copies the lists. */
  public MemoryCandidate {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /**
   * A memory of the same session.
   *
   * @param memory the memory
   * @param scores how it fits
   */
  public record Neighbour(Memory memory, SearchScores scores) {}
}
