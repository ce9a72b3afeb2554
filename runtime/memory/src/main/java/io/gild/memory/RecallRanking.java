package io.gild.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ranks candidates by the weighted sum of their parts. */
record RecallRanking(RecallWeights weights) {

  private static final int POOL = 200;

  int candidates(int limit) {
    return Math.max(POOL, 10 * limit);
  }

  List<Recalled> rank(String query, List<MemoryCandidate> candidates, Instant now) {
    double most = candidates.stream().mapToDouble(MemoryCandidate::words).max().orElse(0);
    List<Recalled> ranked = new ArrayList<>();
    for (MemoryCandidate candidate : candidates) {
      Map<String, Double> parts = new LinkedHashMap<>();
      parts.put("words", weights.words() * (most == 0 ? 0 : candidate.words() / most));
      parts.put("similarity", weights.similarity() * Math.max(0, candidate.similarity()));
      parts.put("importance", weights.importance() * candidate.memory().importance());
      parts.put("recency", weights.recency() * recency(candidate.memory(), now));
      double all =
          weights.words() + weights.similarity() + weights.importance() + weights.recency();
      double sum = parts.values().stream().mapToDouble(Double::doubleValue).sum();
      ranked.add(new Recalled(candidate.memory(), all == 0 ? 0 : sum / all, parts));
    }
    ranked.sort(
        Comparator.comparingDouble((Recalled each) -> -each.score())
            .thenComparing(each -> each.memory().id()));
    return ranked;
  }

  private double recency(Memory memory, Instant now) {
    double age = Math.max(0, Duration.between(memory.lastUsed(), now).toMillis());
    return Math.pow(2, -age / weights.halfLife().toMillis());
  }
}
