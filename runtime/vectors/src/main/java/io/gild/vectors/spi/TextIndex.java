package io.gild.vectors.spi;

import io.gild.config.Experimental;
import io.gild.vectors.MetadataFilter;
import io.gild.vectors.TextEntry;
import io.gild.vectors.TextMatch;
import java.util.List;

/**
 * Finds the texts that have the words of a query. Entries are kept in partitions, one for each
 * tenant, and no search leaves its partition; the texts of one do not change the scores of another.
 * Thread-safe.
 *
 * <p>An implementation runs {@code TextIndexContract} of {@code gild-testkit}.
 */
@Experimental
public interface TextIndex extends AutoCloseable {

  /**
   * Adds an entry, in place of one with its id.
   *
   * @param partition name of the partition; any text
   * @param entry the entry
   */
  void put(String partition, TextEntry entry);

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
   * Finds the entries that fit best. An entry fits if it has at least one of the words.
   *
   * @param partition name of the partition
   * @param query the words, in any order; a word that occurs twice counts once
   * @param limit the most entries; 1 or more
   * @param filter the condition on their metadata
   * @return the entries by falling score, those of the same score by id
   * @throws IllegalArgumentException if the limit is below 1
   */
  List<TextMatch> search(String partition, String query, int limit, MetadataFilter filter);

  @Override
  void close();
}
