package io.gild.cli;

/** Texts of memories in a table. */
final class MemoryText {

  private static final int LONGEST = 100;

  private MemoryText() {}

  /** Returns a text on one line, shortened. */
  static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.codePointCount(0, line.length()) <= LONGEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + " …";
  }
}
