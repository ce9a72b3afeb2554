package io.gild.semantic;

import java.util.HashMap;
import java.util.Map;

/** In how many questions each word occurs; rare words say more. */
final class WordCounts {

  private final Map<Long, Integer> counts = new HashMap<>();
  private int questions;

  void add(ComparedQuestion question) {
    questions++;
    for (long word : question.words()) {
      counts.merge(word, 1, Integer::sum);
    }
  }

  void remove(ComparedQuestion question) {
    questions--;
    for (long word : question.words()) {
      counts.computeIfPresent(word, (known, count) -> count == 1 ? null : count - 1);
    }
  }

  /** Returns how much a word says; 0 and above. */
  double rarity(long word) {
    return Math.log((questions + 1) / (counts.getOrDefault(word, 0) + 0.5));
  }

  boolean isNew(long word) {
    return !counts.containsKey(word);
  }
}
