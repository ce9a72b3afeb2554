package io.gild.semantic;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a vector blurs: two questions with different numbers, names, quotations, negation
 * or order of roles have different answers, however alike their vectors are.
 */
final class LexicalVerifier {

  private LexicalVerifier() {}

  /** Returns what differs, or {@code null} if a common answer is possible. */
  static @Nullable String veto(ComparedQuestion one, ComparedQuestion other) {
    String facts = facts(one, other);
    if (facts != null) {
      return facts;
    }
    if (!share(one.words(), other)) {
      return "no common word";
    }
    return reversed(one, other) ? "reversed roles" : null;
  }

  /** Returns which facts differ, or {@code null}. */
  static @Nullable String facts(ComparedQuestion one, ComparedQuestion other) {
    if (!one.exact().equals(other.exact())) {
      return "numbers";
    }
    if (one.isNegated() != other.isNegated()) {
      return "negation";
    }
    if (!one.quoted().equals(other.quoted())) {
      return "quotations";
    }
    if (!contains(one, other.names()) || !contains(other, one.names())) {
      return "names";
    }
    return ClosedWords.oppose(one.poles(), other.poles()) ? "opposites" : null;
  }

  private static boolean contains(ComparedQuestion question, Set<String> names) {
    return names.stream().allMatch(question::containsName);
  }

  private static boolean share(long[] words, ComparedQuestion other) {
    for (long word : words) {
      if (other.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns whether common words stand in another order in texts with a word of direction, as in
   * "from Rome to Paris" and "to Rome from Paris".
   */
  private static boolean reversed(ComparedQuestion one, ComparedQuestion other) {
    boolean sameWords = java.util.Arrays.equals(one.words(), other.words());
    if (!sameWords && !(one.isDirected() && other.isDirected())) {
      return false;
    }
    Map<Long, Integer> places = new HashMap<>();
    long[] sequence = other.sequence();
    for (int i = 0; i < sequence.length; i++) {
      places.merge(sequence[i], i, (first, second) -> -1); // a repeated word has no one place
    }
    int last = -1;
    for (long word : one.sequence()) {
      int place = places.getOrDefault(word, -1);
      if (place >= 0 && place < last) {
        return true;
      }
      last = Math.max(last, place);
    }
    return false;
  }
}
