package io.gild.config;

import java.util.ArrayList;
import java.util.List;

/** Collects mistakes, so that all of them are told at once. */
final class Problems {

  private final List<Problem> found = new ArrayList<>();

  void add(Origin origin, String path, String message) {
    add(Problem.at(origin, path, message));
  }

  void add(Problem problem) {
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  List<Problem> list() {
    return List.copyOf(found);
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new SettingsException(found);
    }
  }
}
