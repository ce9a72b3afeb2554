package io.gild.memory;

import io.gild.config.Experimental;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * A change of a tenant's memories that is made as a whole or not at all.
 *
 * @param put records that are added, or replace those of their ids
 * @param removed ids of records that are removed, with every byte of them
 */
@Experimental
public record MemoryWrite(List<MemoryRecord> put, Set<String> removed) {

  /** Copies the collections. */
  public MemoryWrite {
    put = List.copyOf(put);
    removed = Set.copyOf(removed);
  }

  /**
   * Returns a change that does nothing.
   *
   * @return the change
   */
  public static MemoryWrite none() {
    return new MemoryWrite(List.of(), Set.of());
  }

  /**
   * Returns a change that adds or replaces records.
   *
   * @param records the records
   * @return the change
   */
  public static MemoryWrite of(List<MemoryRecord> records) {
    return new MemoryWrite(records, Set.of());
  }

  /**
   * Returns a change that removes records.
   *
   * @param ids their ids
   * @return the change
   */
  public static MemoryWrite removing(Collection<String> ids) {
    return new MemoryWrite(List.of(), Set.copyOf(ids));
  }

  boolean isEmpty() {
    return put.isEmpty() && removed.isEmpty();
  }
}
