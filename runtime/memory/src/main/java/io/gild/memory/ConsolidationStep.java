package io.gild.memory;

import io.gild.config.Experimental;

/**
 * One step of a consolidation.
 *
 * @param action what is done
 * @param memory the memory as it was
 * @param other id of the memory that takes its place; empty if none does
 * @param why the reason, for a person; contains no text of another memory, because it is stored
 */
@Experimental
public record ConsolidationStep(Action action, Memory memory, String other, String why) {

  /** What is done to a memory. */
  public enum Action {
    /** It is found no longer; it can be restored for a while. */
    PRUNE,
    /** Another one says the same and more, and names it; it can be restored for a while. */
    MERGE,
    /** A newer one is true in its place; it can still be found as of its time. */
    SUPERSEDE,
    /** It was pruned or merged so long ago that it can no longer be restored; it is deleted. */
    DELETE
  }
}
