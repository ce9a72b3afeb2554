package io.gild.config;

/**
 * One mistake in a source of settings.
 *
 * @param file the source
 * @param line line, from 1; 0 if the source has no lines
 * @param column column, from 1; 0 if the source has no lines
 * @param path path of the key, such as {@code agents[0].retry}; empty for the whole file
 * @param message what is wrong and what to write instead
 */
public record Problem(String file, int line, int column, String path, String message) {

  static Problem at(Origin origin, String path, String message) {
    return new Problem(origin.source(), origin.line(), origin.column(), path, message);
  }

  /** Returns one line: {@code gild.yaml:7:5: agents[0].retry.max-attemps: unknown key. ...}. */
  @Override
  public String toString() {
    return Printable.of(
        new Origin(file, line, column) + ": " + (path.isEmpty() ? "" : path + ": ") + message);
  }
}
