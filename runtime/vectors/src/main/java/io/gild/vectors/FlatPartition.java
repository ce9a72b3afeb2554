package io.gild.vectors;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The entries of one partition, whose vectors lie in blocks, so that a new entry copies no others.
 * Many threads may read at once.
 */
final class FlatPartition {

  private static final int BLOCKS_UNTIL_RETRY = 16;

  private final int dimensions;
  private final boolean sparse;

  /** The most rows of a block. */
  private final int blockRows;

  private final List<VectorBlock> blocks = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final List<Map<String, Object>> metadata = new ArrayList<>();
  private final Map<String, Integer> rows = new HashMap<>();
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  /** Creates an empty partition of vectors that are as sparse as an example. */
  FlatPartition(float[] example) {
    this.dimensions = example.length;
    this.sparse = SparseVectorBlock.suits(example);
    this.blockRows = sparse ? SparseVectorBlock.ROWS : DenseVectorBlock.ROWS;
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
      block(row).set(row % blockRows, unit);
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
      return Optional.of(VectorEntry.ofOwn(id, block(row).get(row % blockRows), metadata.get(row)));
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
        block(row).copy(block(last), last % blockRows, row % blockRows);
        ids.set(row, ids.get(last));
        metadata.set(row, metadata.get(last));
        rows.put(ids.get(row), row);
      }
      ids.remove(last);
      metadata.remove(last);
      if (last % blockRows == 0) {
        blocks.remove(blocks.size() - 1);
      } else {
        block(last).clear(last % blockRows);
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
      NearestRows nearest = new NearestRows(limit);
      search(new WantedVector(wanted), filter, nearest);
      return nearest.drain().stream().map(this::match).toList();
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Goes on without sketches where these rule out too few rows, as among vectors that are nearly
   * the same, and tries them again in a later block.
   */
  private void search(WantedVector wanted, MetadataFilter filter, NearestRows nearest) {
    boolean helpful = true;
    for (int first = 0; first < ids.size(); first += blockRows) {
      boolean sketched = helpful || first % (BLOCKS_UNTIL_RETRY * blockRows) == 0;
      int compared = search(first, sketched, wanted, filter, nearest);
      helpful = sketched && compared < blockRows / 2;
    }
  }

  /** Searches a block; returns how many rows its sketches did not rule out. */
  private int search(
      int first,
      boolean sketched,
      WantedVector wanted,
      MetadataFilter filter,
      NearestRows nearest) {
    VectorBlock block = block(first);
    int end = Math.min(blockRows, ids.size() - first);
    int compared = 0;
    if (sketched) {
      block.sketch(wanted);
    }
    for (int slot = 0; slot < end; slot++) {
      if (!sketched || nearest.admits(block.similarityBound(slot, wanted))) {
        compared++;
        if (filter.accepts(metadata.get(first + slot))) {
          nearest.offer(first + slot, ids.get(first + slot), block.similarity(slot, wanted));
        }
      }
    }
    return compared;
  }

  private VectorMatch match(NearestRows.Candidate found) {
    double cosine = VectorSpace.cosine(found.similarity());
    return new VectorMatch(found.id(), cosine, metadata.get(found.row()));
  }

  private void makeRoom(int row) {
    if (row % blockRows == 0) {
      blocks.add(sparse ? new SparseVectorBlock(dimensions) : new DenseVectorBlock(dimensions));
    }
    block(row).makeRoom(row % blockRows);
  }

  private VectorBlock block(int row) {
    return blocks.get(row / blockRows);
  }
}
