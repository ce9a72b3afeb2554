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

  private static final int ROWS = VectorBlock.ROWS;

  private final int dimensions;
  private final List<VectorBlock> blocks = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final List<Map<String, Object>> metadata = new ArrayList<>();
  private final Map<String, Integer> rows = new HashMap<>();
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

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
      NearestRows nearest = new NearestRows(limit);
      search(new WantedVector(wanted), filter, nearest);
      return nearest.drain().stream().map(this::match).toList();
    } finally {
      lock.readLock().unlock();
    }
  }

  private void search(WantedVector wanted, MetadataFilter filter, NearestRows nearest) {
    for (int row = 0; row < ids.size(); row++) {
      VectorBlock block = block(row);
      int slot = row % ROWS;
      if (nearest.admits(block.similarityBound(slot, wanted))
          && filter.accepts(metadata.get(row))) {
        nearest.offer(row, ids.get(row), block.similarity(slot, wanted));
      }
    }
  }

  private VectorMatch match(NearestRows.Candidate found) {
    double cosine = VectorSpace.cosine(found.similarity());
    return new VectorMatch(found.id(), cosine, metadata.get(found.row()));
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
