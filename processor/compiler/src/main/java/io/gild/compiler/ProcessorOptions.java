package io.gild.compiler;

/** The options of the processor, as {@code -A} takes them. */
final class ProcessorOptions {

  /** Names the settings whose tiers and budgets exist. */
  static final String CONFIG = "gild.config";

  /** Says whether classes are governed in place: {@code true}, {@code false} or {@code only}. */
  static final String WEAVING = "gild.weaving";

  /** Names one more folder of golden files. */
  static final String RESOURCES = "gild.resources";

  private ProcessorOptions() {}
}
