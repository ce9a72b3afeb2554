package io.gild.vectors.lucene;

import io.gild.config.Experimental;
import io.gild.vectors.MetadataFilter;
import io.gild.vectors.VectorEntry;
import io.gild.vectors.VectorMatch;
import io.gild.vectors.VectorSpace;
import io.gild.vectors.spi.VectorIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An index for partitions of 50,000 entries and more, on Apache Lucene. A search takes candidates
 * from a graph (HNSW) of quantized vectors and compares their vectors exactly: similarities are
 * exact, but an entry can be missed. Among up to 1,000 entries that satisfy the filter, nothing is
 * missed. Thread-safe.
 *
 * <p>Each partition is a Lucene index of its own, so no search can reach another one. It takes
 * about 5.5 bytes on the disk for each dimension of an entry, open files, and up to 80 MB of heap
 * while entries are added; small partitions are better kept in a {@link
 * io.gild.vectors.FlatVectorIndex}.
 *
 * <p>A search finds every entry that was put before it began. In a folder, changes survive a crash
 * of the JVM or the machine after {@link #commit}, {@link #purge}, {@link #compact} or {@link
 * #close}, and at the latest 10,000 changes later; the entries of a partition that was removed are
 * gone at once. An interrupt of the calling thread breaks no operation.
 *
 * <p>Methods throw an {@link IllegalStateException} after {@link #close}, and an {@link
 * UncheckedIOException} if a file cannot be read or written.
 */
@Experimental
public final class LuceneVectorIndex implements VectorIndex {

  private final VectorSpace space;
  private final PartitionStore store;
  private final ConcurrentHashMap<String, LucenePartition> partitions = new ConcurrentHashMap<>();
  private final Object opening = new Object();
  private volatile boolean closed;

  private LuceneVectorIndex(VectorSpace space, PartitionStore store) {
    this.space = space;
    this.store = store;
  }

  /**
   * Opens an index in a folder, or creates one.
   *
   * @param folder the folder, for this index alone; created if it is missing. Only its owner can
   *     read the files of the index.
   * @param space the model and the length of the vectors
   * @return the index, which no other one can open until it is closed
   * @throws IOException if another index or JVM uses the folder, or it cannot be read
   * @throws IllegalArgumentException if the folder belongs to another space or to a version of
   *     Lucene that cannot be read, so that the entries have to be embedded again
   */
  public static LuceneVectorIndex open(Path folder, VectorSpace space) throws IOException {
    return new LuceneVectorIndex(space, FolderStore.open(folder, space));
  }

  /**
   * Creates an empty index in memory.
   *
   * @param space the model and the length of the vectors
   * @return the index; its entries end with it
   */
  public static LuceneVectorIndex inMemory(VectorSpace space) {
    return new LuceneVectorIndex(space, new HeapStore());
  }

  @Override
  public VectorSpace space() {
    return space;
  }

  @Override
  public void put(String partition, VectorEntry entry) {
    float[] unit = space.unit(entry.id(), entry.vector());
    EntryDocument document = EntryDocument.of(entry.id(), unit, entry.metadata());
    boolean done = false;
    while (!done) { // again if another thread removed the partition in between
      done = opened(partition).put(document);
    }
  }

  @Override
  public Optional<VectorEntry> get(String partition, String id) {
    LucenePartition known = known(partition);
    return known == null ? Optional.empty() : known.get(id);
  }

  @Override
  public boolean remove(String partition, String id) {
    LucenePartition known = known(partition);
    return known != null && known.remove(id);
  }

  /** {@inheritDoc} Its files are deleted. */
  @Override
  public int removeAll(String partition) {
    synchronized (opening) {
      LucenePartition known = known(partition);
      if (known == null) {
        return 0;
      }
      partitions.remove(partition);
      int removed = known.drop();
      Uninterrupted.run(() -> store.delete(partition));
      return removed;
    }
  }

  @Override
  public int size(String partition) {
    LucenePartition known = known(partition);
    return known == null ? 0 : known.size();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException also if the filter has more than 1,024 conditions
   */
  @Override
  public List<VectorMatch> nearest(
      String partition, float[] vector, int limit, MetadataFilter filter) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be >= 1, but is " + limit);
    }
    float[] wanted = space.unit("the query", vector);
    LucenePartition known = known(partition);
    return known == null ? List.of() : known.nearest(wanted, limit, filter);
  }

  /** Makes all changes durable. An index in memory does nothing. */
  public void commit() {
    rejectIfClosed();
    if (store.durable()) {
      partitions.values().forEach(LucenePartition::commit);
    }
  }

  /**
   * Rewrites the files that contain removed or replaced entries of a partition, and makes all its
   * changes durable. Afterwards nothing of these entries is in any file of the index.
   *
   * <p>It builds the graph of the rewritten files again: about a minute for 100,000 entries of 384
   * dimensions. Other operations go on meanwhile. Entries that are removed meanwhile may remain
   * until the next purge.
   *
   * @param partition name of the partition
   * @return whether nothing removed remains; {@code false} if other threads kept removing entries
   */
  public boolean purge(String partition) {
    LucenePartition known = known(partition);
    return known == null || known.purge();
  }

  /**
   * Merges the files of a partition into one, so that searches take less time, and makes all its
   * changes durable. It is worth its time after many entries were added. It builds the graph of
   * most entries again, and removes what {@link #purge} does.
   *
   * @param partition name of the partition
   * @return whether nothing removed remains, as {@link #purge} returns it
   */
  public boolean compact(String partition) {
    LucenePartition known = known(partition);
    return known == null || known.compact();
  }

  /** Makes all changes durable and releases the folder. */
  @Override
  public void close() {
    synchronized (opening) {
      if (!closed) {
        closed = true;
        try {
          partitions.values().forEach(LucenePartition::close);
        } finally {
          Uninterrupted.run(store::close);
        }
      }
    }
  }

  private LucenePartition opened(String partition) {
    rejectIfClosed();
    LucenePartition known = partitions.get(partition);
    if (known != null) {
      return known;
    }
    synchronized (opening) {
      rejectIfClosed();
      return partitions.computeIfAbsent(partition, this::open);
    }
  }

  private @Nullable LucenePartition known(String partition) {
    rejectIfClosed();
    LucenePartition known = partitions.get(partition);
    return known == null && store.exists(partition) ? opened(partition) : known;
  }

  private LucenePartition open(String partition) {
    return Uninterrupted.call(
        () -> LucenePartition.open(store.directory(partition), space, store.durable()));
  }

  private void rejectIfClosed() {
    if (closed) {
      throw LucenePartition.closed();
    }
  }
}
