package io.gild.demo;

import io.gild.core.TextHash;
import java.util.Set;

/**
 * The difficulty of a question: one point for every word, three more for every conjunction, and
 * four more for a question out of scope, which small models often answer anyway.
 */
final class Difficulty {

  private static final Set<String> TURNS =
      Set.of(
          "and",
          "but",
          "or",
          "if",
          "because",
          "while",
          "before",
          "after",
          "which",
          "unless",
          "although",
          "instead",
          "without",
          "not",
          "since",
          "that");
  private static final int TURN_POINTS = 3;
  private static final int OUT_OF_SCOPE_POINTS = 4;

  private Difficulty() {}

  static int of(String question, String intent) {
    int points = intent.equals("oos") ? OUT_OF_SCOPE_POINTS : 0;
    for (String word : question.split(" ")) {
      points += TURNS.contains(word) ? 1 + TURN_POINTS : 1;
    }
    return points;
  }

  /** Returns a number in [0, 1) that depends on the text only (FNV-1a, then a finalizer). */
  static double fraction(String text) {
    long hash = TextHash.of(text);
    hash ^= hash >>> 32;
    hash *= 0xd6e8feb86659fd93L;
    return ((hash ^ (hash >>> 32)) >>> 11) * 0x1.0p-53;
  }
}
