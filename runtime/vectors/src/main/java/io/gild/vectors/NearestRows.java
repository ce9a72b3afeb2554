package io.gild.vectors;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;

/** The nearest rows that a search has found so far; of the same similarity, the first ids. */
final class NearestRows {

  private final int limit;
  private final PriorityQueue<Candidate> nearest = new PriorityQueue<>();

  /** A row that is among the nearest. */
  record Candidate(int row, String id, float similarity) implements Comparable<Candidate> {

    /** Puts the farthest first; of the same similarity, the last id. */
    @Override
    public int compareTo(Candidate other) {
      int order = Float.compare(similarity, other.similarity);
      return order == 0 ? other.id.compareTo(id) : order;
    }
  }

  NearestRows(int limit) {
    this.limit = limit;
  }

  /** Returns whether a row of a similarity can be among the nearest. */
  boolean admits(double similarity) {
    return nearest.size() < limit || similarity >= nearest.element().similarity;
  }

  void offer(int row, String id, float similarity) {
    if (!admits(similarity)) {
      return;
    }
    nearest.add(new Candidate(row, id, similarity));
    if (nearest.size() > limit) {
      nearest.remove();
    }
  }

  /** Empties this and returns the rows, the nearest first. */
  List<Candidate> drain() {
    List<Candidate> drained = new ArrayList<>(nearest.size());
    while (!nearest.isEmpty()) {
      drained.add(nearest.remove());
    }
    Collections.reverse(drained);
    return drained;
  }
}
