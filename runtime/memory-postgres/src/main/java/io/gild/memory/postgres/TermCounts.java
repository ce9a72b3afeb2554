package io.gild.memory.postgres;

import io.gild.memory.Memory;
import io.gild.memory.MemoryFacts;
import io.gild.postgres.ColumnText;
import io.gild.vectors.TextTerms;
import java.util.Map;
import java.util.TreeMap;

/**
 * The terms by which a memory is found.
 *
 * @param counts how often it has each term; in the order of the terms, so that two writers lock
 *     them in the same order
 * @param length the sum of the counts
 */
record TermCounts(Map<String, Integer> counts, int length) {

  /** Returns the terms of a memory; none if it was pruned. */
  static TermCounts of(Memory memory) {
    Map<String, Integer> counts = new TreeMap<>();
    int length = 0;
    if (memory.pruned() == null) {
      for (String term : TextTerms.of(MemoryFacts.words(memory))) {
        counts.merge(ColumnText.key(term), 1, Integer::sum);
        length++;
      }
    }
    return new TermCounts(counts, length);
  }
}
