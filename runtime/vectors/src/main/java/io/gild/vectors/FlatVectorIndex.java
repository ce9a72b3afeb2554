package io.gild.vectors;

import io.gild.config.Experimental;
import io.gild.vectors.spi.VectorIndex;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An index in memory with exact results: it compares the wanted vector with a sketch of every one
 * of its partition, and with each vector that can be among the nearest. If the first vector of a
 * partition is sparse, such as one of counted words, the partition keeps only the components that
 * are not zero, and a search is faster. {@link #bytes} returns what an entry takes. A partition
 * goes with its last entry. Thread-safe.
 */
@Experimental
public final class FlatVectorIndex implements VectorIndex {

  private final VectorSpace space;
  private final ConcurrentHashMap<String, FlatPartition> partitions = new ConcurrentHashMap<>();

  /**
   * Creates an empty index.
   *
   * @param space the model and the length of its vectors
   */
  public FlatVectorIndex(VectorSpace space) {
    this.space = space;
  }

  /**
   * Returns about how many bytes an entry takes, without its id and metadata.
   *
   * @param vector its vector
   * @return {@code 5 × dimensions + 12}, or less for a sparse vector
   */
  public static long bytes(float[] vector) {
    return SparseVectorBlock.suits(vector)
        ? SparseVectorBlock.bytes(vector)
        : DenseVectorBlock.bytes(vector.length);
  }

  @Override
  public VectorSpace space() {
    return space;
  }

  @Override
  public void put(String partition, VectorEntry entry) {
    float[] unit = space.unit(entry.id(), entry.own());
    partitions.compute(
        partition,
        (name, known) -> {
          FlatPartition present = known == null ? new FlatPartition(unit) : known;
          present.put(entry.id(), unit, entry.metadata());
          return present;
        });
  }

  @Override
  public Optional<VectorEntry> get(String partition, String id) {
    FlatPartition known = partitions.get(partition);
    return known == null ? Optional.empty() : known.get(id);
  }

  @Override
  public boolean remove(String partition, String id) {
    boolean[] removed = new boolean[1];
    partitions.computeIfPresent(
        partition,
        (name, known) -> {
          removed[0] = known.remove(id);
          return known.size() == 0 ? null : known;
        });
    return removed[0];
  }

  @Override
  public int removeAll(String partition) {
    FlatPartition removed = partitions.remove(partition);
    return removed == null ? 0 : removed.size();
  }

  @Override
  public int size(String partition) {
    FlatPartition known = partitions.get(partition);
    return known == null ? 0 : known.size();
  }

  @Override
  public List<VectorMatch> nearest(
      String partition, float[] vector, int limit, MetadataFilter filter) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be >= 1, but is " + limit);
    }
    float[] wanted = space.unit("the query", vector);
    FlatPartition known = partitions.get(partition);
    return known == null ? List.of() : known.nearest(wanted, limit, filter);
  }

  /** Forgets all entries. */
  @Override
  public void close() {
    partitions.clear();
  }
}
