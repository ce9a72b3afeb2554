package io.gild.recipes;

/**
 * A call that reaches a model.
 *
 * @param library the library whose method is called, or {@code HTTP}
 * @param code the call as the source has it, on one line
 */
record ModelCall(String library, String code) {

  private static final int SHOWN = 100;

  static ModelCall of(String library, String code) {
    String line = code.strip().replaceAll("\\s+", " ");
    return new ModelCall(
        library, line.length() <= SHOWN ? line : line.substring(0, SHOWN - 3) + "...");
  }
}
