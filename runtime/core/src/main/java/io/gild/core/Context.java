package io.gild.core;

import io.gild.config.Section;

/**
 * How far a governed call reaches.
 *
 * @param pools whether it follows tasks to thread pools, common pool and virtual threads included
 */
public record Context(boolean pools) {

  /** The section {@code context}. */
  public static final Section<Context> SECTION = Section.of("context", Context.class);
}
