package io.gild.evaluation;

import io.gild.golden.GoldenSpec;

/** Formats a conversation. */
final class Transcript {

  private Transcript() {}

  /** Returns all questions of the task, one line per turn if there are several. */
  static String asked(GoldenSpec spec) {
    if (spec.turns().size() == 1) {
      return spec.question();
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < spec.turns().size(); i++) {
      text.append(i + 1).append(". ").append(spec.turns().get(i).input().text()).append('\n');
    }
    return text.toString().stripTrailing();
  }
}
