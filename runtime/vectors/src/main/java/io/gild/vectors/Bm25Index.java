package io.gild.vectors;

import io.gild.config.Experimental;
import io.gild.vectors.spi.TextIndex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An index in memory that scores texts by BM25 over their {@link TextTerms}. Scores are exact: they
 * are computed from the texts of the partition as it is at the time of the search, whether or not
 * the filter accepts them. It keeps the terms and not the texts. A partition goes with its last
 * entry. Thread-safe.
 */
@Experimental
public final class Bm25Index implements TextIndex {

  private final Bm25 parameters;
  private final ConcurrentHashMap<String, TextPartition> partitions = new ConcurrentHashMap<>();

  /**
   * Creates an empty index.
   *
   * @param parameters how a text is scored
   */
  public Bm25Index(Bm25 parameters) {
    this.parameters = parameters;
  }

  @Override
  public void put(String partition, TextEntry entry) {
    Map<String, Integer> counts = new HashMap<>();
    TextTerms.of(entry.text()).forEach(term -> counts.merge(term, 1, Integer::sum));
    partitions.compute(
        partition,
        (name, known) -> {
          TextPartition present = known == null ? new TextPartition(parameters) : known;
          present.put(entry.id(), counts, entry.metadata());
          return present;
        });
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
    TextPartition removed = partitions.remove(partition);
    return removed == null ? 0 : removed.size();
  }

  @Override
  public int size(String partition) {
    TextPartition known = partitions.get(partition);
    return known == null ? 0 : known.size();
  }

  /** Returns the number of different terms of a partition. */
  int terms(String partition) {
    TextPartition known = partitions.get(partition);
    return known == null ? 0 : known.terms();
  }

  @Override
  public List<TextMatch> search(String partition, String query, int limit, MetadataFilter filter) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be >= 1, but is " + limit);
    }
    Set<String> wanted = TextTerms.wanted(query);
    TextPartition known = partitions.get(partition);
    return known == null ? List.of() : known.search(wanted, limit, filter);
  }

  /** Forgets all entries. */
  @Override
  public void close() {
    partitions.clear();
  }
}
