package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Section;

/**
 * The threads that a governed call extends to.
 *
 * @param pools whether it follows tasks to thread pools, common pool and virtual threads included
 */
@Experimental
public record Context(boolean pools) {

  /** The section {@code context}. */
  public static final Section<Context> SECTION = Section.of("context", Context.class);
}
