package io.gild.vectors.spi;

import io.gild.config.Experimental;
import io.gild.vectors.MetadataFilter;
import io.gild.vectors.VectorEntry;
import io.gild.vectors.VectorMatch;
import io.gild.vectors.VectorSpace;
import java.util.List;
import java.util.Optional;

/**
 * Finds the entries whose vectors point most nearly where a wanted one does. Entries are kept in
 * partitions, one for each tenant, and no search leaves its partition. Thread-safe.
 *
 * <p>An implementation runs {@code VectorIndexContract} of {@code gild-testkit}.
 */
@Experimental
public interface VectorIndex extends AutoCloseable {

  /**
   * Returns the model and the length of the vectors.
   *
   * @return the space of all vectors in this index
   */
  VectorSpace space();

  /**
   * Adds an entry, in place of one with its id.
   *
   * @param partition name of the partition; any text
   * @param entry the entry
   * @throws IllegalArgumentException if its vector has another length, is not finite or is zero
   */
  void put(String partition, VectorEntry entry);

  /**
   * Returns an entry.
   *
   * @param partition name of the partition
   * @param id the id
   * @return the entry, whose vector has length 1; empty if there is none
   */
  Optional<VectorEntry> get(String partition, String id);

  /**
   * Removes an entry.
   *
   * @param partition name of the partition
   * @param id the id
   * @return whether there was one
   */
  boolean remove(String partition, String id);

  /**
   * Removes a partition with all its entries.
   *
   * @param partition name of the partition
   * @return how many entries there were
   */
  int removeAll(String partition);

  /**
   * Returns the number of entries.
   *
   * @param partition name of the partition
   * @return zero or more
   */
  int size(String partition);

  /**
   * Finds the nearest entries.
   *
   * @param partition name of the partition
   * @param vector the wanted vector
   * @param limit the most entries; 1 or more
   * @param filter the condition on their metadata
   * @return the entries by falling similarity, those of the same similarity by id
   * @throws IllegalArgumentException if the vector has another length, is not finite or is zero, or
   *     the limit is below 1
   */
  List<VectorMatch> nearest(String partition, float[] vector, int limit, MetadataFilter filter);

  @Override
  void close();
}
