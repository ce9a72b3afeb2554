package io.gild.twin;

import io.gild.config.Printable;

/** Texts of twins on one line. */
final class TwinText {

  private TwinText() {}

  /** Returns the beginning of a text, on one line and without characters that steer a terminal. */
  static String shortened(String text, int most) {
    String line = Printable.of(text.replaceAll("\\s+", " ").strip());
    return line.length() <= most ? line : line.substring(0, most) + "…";
  }
}
