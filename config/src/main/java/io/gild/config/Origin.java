package io.gild.config;

/**
 * The place a value comes from.
 *
 * @param source a file name, or words such as {@code environment GILD_MODE}
 * @param line line in the file, from 1; 0 if the source has no lines
 * @param column column in the line, from 1; 0 if the source has no lines
 */
@Experimental
public record Origin(String source, int line, int column) {

  /** The origin of values that an annotation gives. */
  public static final Origin ANNOTATION = of("annotation");

  /**
   * Names a source without lines.
   *
   * @param source the source
   * @return its origin
   */
  public static Origin of(String source) {
    return new Origin(source, 0, 0);
  }

  /** Returns {@code source:line:column}, or the source alone. */
  @Override
  public String toString() {
    return line > 0 ? source + ":" + line + ":" + column : source;
  }
}
