package io.gild.memory;

import io.gild.memory.MemoryCandidate.Neighbour;
import io.gild.vectors.TextTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Ranks candidates by their scores. */
record RecallRanking(RecallScorer scorer) {

  /** So many candidates of each kind of search are compared, at least. */
  private static final int POOL = 200;

  private static final int POOL_FACTOR = 10;

  int candidates(int limit) {
    return (int) Math.max(POOL, Math.min(Integer.MAX_VALUE, (long) POOL_FACTOR * limit));
  }

  List<Recalled> rank(String query, List<MemoryCandidate> candidates, Instant now) {
    Set<String> wanted = TextTerms.wanted(query);
    SimilarityFloor floor =
        SimilarityFloor.among(candidates.stream().map(each -> each.scores().similarity()).toList());
    List<Recalled> ranked = new ArrayList<>(candidates.size());
    for (MemoryCandidate each : candidates) {
      RecallScore score =
          scorer.score(
              signals(each.memory(), each.scores(), wanted, floor, now),
              signals(each.before(), wanted, floor, now),
              signals(each.after(), wanted, floor, now));
      ranked.add(new Recalled(each.memory(), score));
    }
    ranked.sort(
        Comparator.comparingDouble((Recalled each) -> -each.score().total())
            .thenComparing(each -> each.memory().id()));
    return ranked;
  }

  private static List<RecallSignals> signals(
      List<Neighbour> neighbours, Set<String> wanted, SimilarityFloor floor, Instant now) {
    return neighbours.stream()
        .map(each -> signals(each.memory(), each.scores(), wanted, floor, now))
        .toList();
  }

  private static RecallSignals signals(
      Memory memory, SearchScores scores, Set<String> wanted, SimilarityFloor floor, Instant now) {
    Duration age = Duration.between(memory.created(), now);
    return new RecallSignals(
        scores.text(),
        floor.margin(scores.similarity()),
        scores.session(),
        TextTerms.endsAsQuestion(memory.text()),
        TextTerms.of(MemoryFacts.author(memory)).stream().anyMatch(wanted::contains),
        age.isNegative() ? Duration.ZERO : age,
        memory.importance());
  }
}
