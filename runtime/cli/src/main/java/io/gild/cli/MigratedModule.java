package io.gild.cli;

import io.gild.recipes.ModuleReport;

/**
 * What became of a module.
 *
 * @param report what was found in it
 * @param outcome what was done
 * @param detail the file of the patch, or why nothing was written
 */
record MigratedModule(ModuleReport report, Outcome outcome, String detail) {

  /** What was done with a module. */
  enum Outcome {
    UNCHANGED("nothing to change"),
    PATCHED("patch"),
    WRITTEN("written"),
    READ_ONLY("not written"),
    TAKEN_BACK("taken back, since it does not compile");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  boolean isFine() {
    return outcome != Outcome.READ_ONLY && outcome != Outcome.TAKEN_BACK;
  }
}
