package io.gild.config;

import java.util.List;

/** Thrown for settings that cannot be used, with every mistake that was found. */
public final class SettingsException extends RuntimeException {

  private final transient List<Problem> problems;

  /**
   * Creates an exception.
   *
   * @param problems the mistakes; at least one
   */
  public SettingsException(List<Problem> problems) {
    super(lines(problems));
    this.problems = List.copyOf(problems);
  }

  /**
   * Returns the mistakes.
   *
   * @return the mistakes in the order of the source
   */
  public List<Problem> problems() {
    return problems;
  }

  private static String lines(List<Problem> problems) {
    StringBuilder lines = new StringBuilder();
    for (Problem problem : problems) {
      lines.append(lines.length() == 0 ? "" : "\n").append(problem);
    }
    return lines.toString();
  }
}
