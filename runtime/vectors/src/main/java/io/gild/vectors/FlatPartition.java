package io.gild.vectors;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The entries of one partition, whose vectors lie in blocks, so that a new entry copies no others.
 * Many threads may read at once.
 */
final class FlatPartition {

  private static final int ROWS = VectorBlock.ROWS;

  private final int dimensions;
  private final List<VectorBlock> blocks = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final List<Map<String, Object>> metadata = new ArrayList<>();
  private final Map<String, Integer> rows = new HashMap<>();
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  /** A row that may be among the nearest. */
  private record Candidate(int row, String id, float similarity) implements Comparable<Candidate> {

    /** Puts the farthest first; of the same similarity, the last id. */
    @Override
    public int compareTo(Candidate other) {
      int order = Float.compare(similarity, other.similarity);
      return order == 0 ? other.id.compareTo(id) : order;
    }
  }

  FlatPartition(int dimensions) {
    this.dimensions = dimensions;
  }

  void put(String id, float[] unit, Map<String, Object> facts) {
    lock.writeLock().lock();
    try {
      Integer known = rows.get(id);
      int row = known == null ? ids.size() : known;
      if (known == null) {
        makeRoom(row);
        rows.put(id, row);
        ids.add(id);
        metadata.add(facts);
      } else {
        metadata.set(row, facts);
      }
      block(row).set(row % ROWS, unit);
    } finally {
      lock.writeLock().unlock();
    }
  }

  Optional<VectorEntry> get(String id) {
    lock.readLock().lock();
    try {
      Integer row = rows.get(id);
      if (row == null) {
        return Optional.empty();
      }
      return Optional.of(VectorEntry.ofOwn(id, block(row).get(row % ROWS), metadata.get(row)));
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Moves the last entry to the place of the removed one; returns whether there was one. */
  boolean remove(String id) {
    lock.writeLock().lock();
    try {
      Integer row = rows.remove(id);
      if (row == null) {
        return false;
      }
      int last = ids.size() - 1;
      if (row != last) {
        block(row).copy(block(last), last % ROWS, row % ROWS);
        ids.set(row, ids.get(last));
        metadata.set(row, metadata.get(last));
        rows.put(ids.get(row), row);
      }
      ids.remove(last);
      metadata.remove(last);
      if (last % ROWS == 0) {
        blocks.remove(blocks.size() - 1);
      } else {
        block(last).clear(last % ROWS);
      }
      return true;
    } finally {
      lock.writeLock().unlock();
    }
  }

  int size() {
    lock.readLock().lock();
    try {
      return ids.size();
    } finally {
      lock.readLock().unlock();
    }
  }

  List<VectorMatch> nearest(float[] wanted, int limit, MetadataFilter filter) {
    lock.readLock().lock();
    try {
      PriorityQueue<Candidate> nearest = new PriorityQueue<>();
      WantedVector sketched = new WantedVector(wanted);
      for (int first = 0; first < ids.size(); first += ROWS) {
        search(block(first), first, sketched, limit, filter, nearest);
      }
      List<VectorMatch> matches = new ArrayList<>(nearest.size());
      for (Candidate next = nearest.poll(); next != null; next = nearest.poll()) {
        double cosine = VectorSpace.cosine(next.similarity);
        matches.add(new VectorMatch(next.id, cosine, metadata.get(next.row)));
      }
      Collections.reverse(matches);
      return matches;
    } finally {
      lock.readLock().unlock();
    }
  }

  private void search(
      VectorBlock block,
      int first,
      WantedVector wanted,
      int limit,
      MetadataFilter filter,
      PriorityQueue<Candidate> nearest) {
    int end = Math.min(ROWS, ids.size() - first);
    for (int slot = 0; slot < end; slot++) {
      Candidate farthest = nearest.size() < limit ? null : nearest.peek();
      boolean tooFar = farthest != null && block.mostSimilarity(slot, wanted) < farthest.similarity;
      if (!tooFar && filter.accepts(metadata.get(first + slot))) {
        offer(first + slot, block.similarity(slot, wanted), limit, nearest);
      }
    }
  }

  private void offer(int row, float similarity, int limit, PriorityQueue<Candidate> nearest) {
    Candidate farthest = nearest.size() < limit ? null : nearest.peek();
    if (farthest != null && similarity < farthest.similarity) {
      return;
    }
    Candidate candidate = new Candidate(row, ids.get(row), similarity);
    if (farthest == null) {
      nearest.add(candidate);
    } else if (candidate.compareTo(farthest) > 0) {
      nearest.poll();
      nearest.add(candidate);
    }
  }

  private void makeRoom(int row) {
    if (row % ROWS == 0) {
      blocks.add(new VectorBlock(dimensions));
    }
    block(row).makeRoom(row % ROWS);
  }

  private VectorBlock block(int row) {
    return blocks.get(row / ROWS);
  }
}
