package io.gild.vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The entries of one partition. Vectors lie one after another in blocks, so that a search reads
 * memory in order and a new entry copies no others. Many threads may read at once.
 */
final class FlatPartition {

  /** Vectors of a block, and of one that was just begun. */
  private static final int ROWS = 256;

  private static final int FEW_ROWS = 4;

  private final int dimensions;
  private final List<float[]> blocks = new ArrayList<>();
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
      System.arraycopy(unit, 0, block(row), start(row), dimensions);
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
      float[] vector = new float[dimensions];
      System.arraycopy(block(row), start(row), vector, 0, dimensions);
      return Optional.of(VectorEntry.ofOwn(id, vector, metadata.get(row)));
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
        System.arraycopy(block(last), start(last), block(row), start(row), dimensions);
        ids.set(row, ids.get(last));
        metadata.set(row, metadata.get(last));
        rows.put(ids.get(row), row);
      }
      ids.remove(last);
      metadata.remove(last);
      if (last % ROWS == 0) {
        blocks.remove(blocks.size() - 1);
      } else {
        Arrays.fill(block(last), start(last), start(last) + dimensions, 0);
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
      for (int row = 0; row < ids.size(); row++) {
        if (filter.accepts(metadata.get(row))) {
          float similarity = Products.FASTEST.of(block(row), start(row), wanted);
          offer(row, similarity, limit, nearest);
        }
      }
      List<VectorMatch> matches = new ArrayList<>(nearest.size());
      for (Candidate next = nearest.poll(); next != null; next = nearest.poll()) {
        double cosine = Math.max(-1, Math.min(1, next.similarity));
        matches.add(new VectorMatch(next.id, cosine, metadata.get(next.row)));
      }
      Collections.reverse(matches);
      return matches;
    } finally {
      lock.readLock().unlock();
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

  /** The last block grows, so that a partition of a few entries is small. */
  private void makeRoom(int row) {
    int last = blocks.size() - 1;
    if (row % ROWS == 0) {
      blocks.add(new float[FEW_ROWS * dimensions]);
    } else if (start(row) == blocks.get(last).length) {
      float[] full = blocks.get(last);
      blocks.set(last, Arrays.copyOf(full, Math.min(2 * full.length, ROWS * dimensions)));
    }
  }

  private float[] block(int row) {
    return blocks.get(row / ROWS);
  }

  private int start(int row) {
    return row % ROWS * dimensions;
  }
}
