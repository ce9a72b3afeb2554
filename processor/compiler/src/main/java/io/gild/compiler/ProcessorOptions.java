package io.gild.compiler;

/** The {@code -A} options of the processor. */
final class ProcessorOptions {

  /** Names the settings whose tiers and budgets exist. */
  static final String CONFIG = "gild.config";

  /** Sets whether classes are governed in place: {@code true}, {@code false} or {@code only}. */
  static final String WEAVING = "gild.weaving";

  /** Names one more folder of golden files. */
  static final String RESOURCES = "gild.resources";

  private ProcessorOptions() {}
}
