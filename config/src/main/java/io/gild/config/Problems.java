package io.gild.config;

import java.util.ArrayList;
import java.util.List;

/** Collects mistakes, so that all of them are reported at once; not thread-safe. */
@Experimental
public final class Problems {

  private final List<Problem> found = new ArrayList<>();

  /** Creates an empty collection. */
  public Problems() {}

  /**
   * Adds a mistake.
   *
   * @param origin where it is
   * @param path path of keys to it; empty for the whole file
   * @param message what is wrong
   */
  public void add(Origin origin, String path, String message) {
    add(Problem.at(origin, path, message));
  }

  /**
   * Adds a mistake unless it was added before.
   *
   * @param problem the mistake
   */
  public void add(Problem problem) {
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  /**
   * Returns the mistakes.
   *
   * @return a copy, in the order of their discovery
   */
  public List<Problem> list() {
    return List.copyOf(found);
  }

  /**
   * Throws if there is any mistake.
   *
   * @throws SettingsException with all of them
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new SettingsException(found);
    }
  }
}
